import { literalAddress } from '@patchgate/dial';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** RFC 1123, 2.1: labels of letters, digits and hyphens; underscores are in use all the same. */
const hostName =
  /^(?=.{1,253}$)[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?)*\.?$/i;

/** @returns the host without the brackets of IPv6; undefined when it is neither an address nor a name */
export function parseHost(text: string): string | undefined {
  const literal = literalAddress(text);
  if (literal !== null) return literal;
  // Digits and dots alone are an address that somebody got wrong, and to some resolvers another one.
  return hostName.test(text) && !/^[\d.]+$/.test(text) ? text : undefined;
}

export function parsePort(text: string, least: number): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= least && port <= 65_535 ? port : undefined;
}

/** Port 0 takes a free one. IPv6 stands in brackets, else nobody could tell its end from the port. */
export function parseAddress(text: string): Address | undefined {
  const [, bracketed, bare, digits = ''] = /^(?:(\[[^\]]*\])|([^:[\]]*)):(\d+)$/.exec(text) ?? [];
  const host = parseHost(bracketed ?? bare ?? '');
  const port = parsePort(digits, 0);
  return host === undefined || port === undefined ? undefined : { host, port };
}
