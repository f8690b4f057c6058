import type { Config } from '../../config/config.schema.js';
import { isEveryAddress } from '../../config/loopback-host.js';

type Reachable = Pick<Config, 'publicUrl' | 'transport' | 'host' | 'port'>;

/** Nothing in it means anything to a shell. */
const plainOrigin = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?$/;

/**
 * Where agents reach this manager: what the configuration says, else where the browser of whoever asks has reached it,
 * else what the machine is called.
 *
 * @param seenAt scheme and host of a request, as they were sent
 */
export function managerUrl(config: Reachable, hostName: string, seenAt?: string): string {
  if (config.publicUrl !== undefined) return new URL(config.publicUrl).origin;
  return originOf(seenAt) ?? listeningAt(config, hostName);
}

function originOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return plainOrigin.test(origin) ? origin : null;
}

function listeningAt({ transport, host, port }: Reachable, hostName: string): string {
  const scheme = transport.kind === 'plain' ? 'http' : 'https';
  const name = isEveryAddress(host) ? hostName.toLowerCase() : host;
  const bracketed = name.includes(':') ? `[${name}]` : name;
  return new URL(`${scheme}://${bracketed}:${port}`).origin;
}
