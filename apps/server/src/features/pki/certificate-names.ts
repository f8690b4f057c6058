import ipaddr from 'ipaddr.js';
import type { Config } from '../../config/config.schema.js';
import { isEveryAddress } from '../../config/loopback-host.js';
import type { SubjectName } from './sign-certificate.js';

/** What this machine is called and reached at. */
export interface Machine {
  readonly hostName: string;
  readonly addresses: readonly string[];
}

const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Every name a browser may have in its address bar: that of the public URL, the machine's own, and the addresses we
 * listen on. In a fixed order, so that two lists can be compared.
 */
export function certificateNames(
  { host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>,
  machine: Machine,
): SubjectName[] {
  const listening = isEveryAddress(host) ? ['localhost', '127.0.0.1', '::1', ...machine.addresses] : [host];
  const called = publicUrl === undefined ? [] : [new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')];
  const names = new Map(
    [...called, machine.hostName, ...listening].flatMap((text) => {
      const name = toSubjectName(text);
      return name === undefined ? [] : [[name.value, name]];
    }),
  );
  return [...names.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
}

function toSubjectName(text: string): SubjectName | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return { type: 'ip', value: text };
  if (ipaddr.IPv6.isValid(text)) {
    const address = ipaddr.IPv6.parse(text);
    // It works on one link only, and with a zone that no certificate can hold.
    return address.range() === 'linkLocal' ? undefined : { type: 'ip', value: address.toRFC5952String() };
  }
  const name = text.toLowerCase().replace(/\.$/, '');
  return hostName.test(name) ? { type: 'dns', value: name } : undefined;
}
