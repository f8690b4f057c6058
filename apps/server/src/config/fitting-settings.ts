import { ConfigError } from './config-error.js';
import { isEveryAddress, isLoopbackHost } from './loopback-host.js';

interface Listener {
  readonly variable: string;
  readonly host: string;
  /** 0 is a free one. */
  readonly port: number;
}

/**
 * Two listeners of one machine cannot share a port.
 *
 * @throws ConfigError naming the second variable
 */
export function assertPortsDiffer(listeners: readonly Listener[]): void {
  for (const [index, second] of listeners.entries()) {
    const first = listeners.slice(0, index).find((other) => collide(other, second));
    if (first === undefined) continue;
    throw new ConfigError(second.variable, `"${second.port}"`, `another port than that of ${first.variable}`);
  }
}

const collide = (a: Listener, b: Listener): boolean =>
  a.port !== 0 &&
  a.port === b.port &&
  (a.host === b.host ||
    isEveryAddress(a.host) ||
    isEveryAddress(b.host) ||
    // "localhost" is 127.0.0.1, ::1 or both.
    (isLoopbackHost(a.host) && isLoopbackHost(b.host)));

/**
 * The migrator owns what the app role must not own (SEC-O1).
 *
 * @throws ConfigError when one is given without the other, or both are one role
 */
export function assertDatabaseRoles(appUrl: string | undefined, migrationUrl: string | undefined): void {
  if (migrationUrl === undefined) return;
  if (appUrl === undefined) {
    const expected = 'the URL of the app role, because PATCHGATE_MIGRATION_DATABASE_URL is set';
    throw new ConfigError('DATABASE_URL', 'nothing', expected);
  }
  const role = decodeURIComponent(new URL(appUrl).username);
  if (role !== decodeURIComponent(new URL(migrationUrl).username)) return;
  const expected = 'another role than that of PATCHGATE_MIGRATION_DATABASE_URL, one that owns nothing';
  throw new ConfigError('DATABASE_URL', `the role "${role}"`, expected);
}
