import type { Target } from '@patchgate/dial';
import type { CheckFields } from './health-check.row.js';

/** What a check connects to by itself; null where the agent of its host does. */
export function targetOf({ url, target_host, target_port }: CheckFields): Target | null {
  if (url !== null) {
    const { hostname, port, protocol } = new URL(url);
    return { host: hostname, port: port === '' ? defaultPort(protocol) : Number(port) };
  }
  if (target_host !== null && target_port !== null) return { host: target_host, port: target_port };
  return null;
}

/** Scheme, host and port: where the password of a check may be sent, and nowhere else. */
export const originOf = ({ url }: Pick<CheckFields, 'url'>): string | null =>
  url === null ? null : new URL(url).origin;

const defaultPort = (protocol: string): number => (protocol === 'https:' ? 443 : 80);
