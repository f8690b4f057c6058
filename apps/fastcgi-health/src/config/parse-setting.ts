export { parseAddress as parseServer } from './parse-address.js';

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export const parseLogLevel = (text: string): LogLevel | undefined =>
  logLevels.find((level) => level === text);

/** RFC 3986, 3.3: what a path is made of; anything else is percent-encoded. */
export const parsePath = (text: string): string | undefined =>
  /^\/[\w.~!$&'()*+,;=:@%/-]{0,199}$/.test(text) ? text : undefined;

/** The answer is trimmed before it is compared, so this must have more than blanks. */
export const parseText = (text: string): string | undefined =>
  text.length <= 500 && !/[\r\n]/.test(text) && text.trim() !== '' ? text : undefined;

export function parseMilliseconds(text: string): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 100 && value <= 300_000 ? value : undefined;
}
