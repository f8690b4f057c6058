import { parseLogLevel, parseMilliseconds, parsePath, parseServer, parseText } from './parse-setting.js';
import { parseHost, parsePort } from './parse-address.js';
import { SettingsError } from './settings-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How one variable is read: undefined says that its text is none of what is expected. */
interface Setting<T> {
  readonly byDefault: string;
  readonly expected: string;
  readonly parse: (text: string) => T | undefined;
}

const settings = {
  SERVER: {
    byDefault: '127.0.0.1:8080',
    expected: 'an address and a port to listen on, such as 127.0.0.1:8080 or [::1]:8080',
    parse: parseServer,
  },
  DESTINATION: {
    byDefault: '127.0.0.1',
    expected: 'the address or name of a FastCGI server, without a port',
    parse: parseHost,
  },
  DESTINATION_PORT: {
    byDefault: '9000',
    expected: 'a port from 1 to 65535',
    parse: (text: string) => parsePort(text, 1),
  },
  PING_PATH: {
    byDefault: '/fpm-ping',
    expected: 'a path of at most 200 characters that begins with a slash, such as /fpm-ping',
    parse: parsePath,
  },
  PING_RESPONSE: {
    byDefault: 'pong',
    expected: 'one line of at most 500 characters',
    parse: parseText,
  },
  TIMEOUT_MS: {
    byDefault: '10000',
    expected: 'a whole number of milliseconds from 100 to 300000',
    parse: parseMilliseconds,
  },
  LOG_LEVEL: { byDefault: 'info', expected: 'one of debug, info, warn, error', parse: parseLogLevel },
} satisfies Record<string, Setting<unknown>>;

/**
 * Reads every setting, once. An empty variable is one that is not set, as compose files and units write it.
 *
 * @throws SettingsError naming the first variable that cannot be used
 */
export function readSettings(environment: Environment) {
  const read = <T>(name: string, { byDefault, expected, parse }: Setting<T>): T => {
    const given = environment[name];
    const value = parse(given === undefined || given === '' ? byDefault : given);
    if (value === undefined) throw new SettingsError(name, given ?? '', expected);
    return value;
  };
  return {
    server: read('SERVER', settings.SERVER),
    destination: {
      host: read('DESTINATION', settings.DESTINATION),
      port: read('DESTINATION_PORT', settings.DESTINATION_PORT),
    },
    pingPath: read('PING_PATH', settings.PING_PATH),
    pingResponse: read('PING_RESPONSE', settings.PING_RESPONSE),
    timeoutMs: read('TIMEOUT_MS', settings.TIMEOUT_MS),
    logLevel: read('LOG_LEVEL', settings.LOG_LEVEL),
  };
}

export type Settings = ReturnType<typeof readSettings>;
