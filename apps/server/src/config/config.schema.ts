import { join, resolve } from 'node:path';
import { chooseTransport } from './choose-transport.js';
import { ConfigError } from './config-error.js';
import { assertDatabaseRoles, assertPortsDiffer } from './fitting-settings.js';
import {
  cidrList,
  httpUrl,
  listenAddress,
  minutes,
  oneOf,
  postgresUrl,
  secret,
  text,
  userName,
  wholeNumber,
} from './settings.js';
import { fileVariable, readSecret } from './secret-files.js';
import type { Setting } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable a process reads, once, at its start; a secret one may be in a file, named by it and `_FILE`. */
const settings = {
  DATABASE_URL: postgresUrl(),
  PATCHGATE_MIGRATION_DATABASE_URL: postgresUrl(),
  PATCHGATE_DATA_DIR: text('a directory'),
  PATCHGATE_KEY_DIR: text('a directory'),
  PATCHGATE_HOST: listenAddress('127.0.0.1'),
  PATCHGATE_PORT: wholeNumber(3000, 0, 65535),
  PATCHGATE_TLS_CERT: text('a PEM file with the certificate chain'),
  PATCHGATE_TLS_KEY: text('a PEM file with the private key'),
  PATCHGATE_TRUSTED_PROXIES: cidrList(),
  PATCHGATE_PUBLIC_URL: httpUrl(),
  PATCHGATE_MANAGEMENT_HOST: listenAddress('0.0.0.0'),
  PATCHGATE_MANAGEMENT_PORT: wholeNumber(8080, 0, 65535),
  PATCHGATE_WORKER_MANAGEMENT_PORT: wholeNumber(8081, 0, 65535),
  PATCHGATE_POLL_INTERVAL_SECONDS: wholeNumber(300, 10, 86_400),
  PATCHGATE_CHECK_TIMEOUT_MS: wholeNumber(10_000, 100, 60_000),
  PATCHGATE_RESULT_RETENTION_HOURS: wholeNumber(96, 1, 720),
  PATCHGATE_GATE_RETRY_SECONDS: wholeNumber(300, 1, 3600),
  PATCHGATE_VERIFY_MINUTES: minutes(10, 240),
  PATCHGATE_VERIFY_EVERY_SECONDS: wholeNumber(20, 1, 600),
  PATCHGATE_MOST_RUN_MINUTES: minutes(60, 1440),
  PATCHGATE_REBOOT_MINUTES: minutes(15, 240),
  PATCHGATE_PROBE_ALLOW_CIDRS: cidrList(),
  PATCHGATE_PROBE_DENY_CIDRS: cidrList(),
  PATCHGATE_CLIENT_CERT: text('a PEM file with the certificate that checks with mutual TLS present'),
  PATCHGATE_CLIENT_KEY: text('a PEM file with the private key of PATCHGATE_CLIENT_CERT'),
  PATCHGATE_LOG_LEVEL: oneOf('info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent'),
  // libuv's own, read there before anything of ours runs.
  UV_THREADPOOL_SIZE: wholeNumber(4, 1, 1024),
  // Set by `patchgate start --demo` for its own processes, and by nobody else.
  PATCHGATE_DEMO_FILE: text('the file that --demo has written'),
  PATCHGATE_ADMIN_USERNAME: userName(),
  PATCHGATE_ADMIN_PASSWORD: secret('a password'),
} satisfies Record<string, Setting<unknown>>;

type Values = {
  [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never;
};

function read(environment: Environment): Values {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    // An empty variable is how compose files and units write "not set".
    const written = setting.isSecret ? readSecret(environment, name) : environment[name];
    const given = written === '' ? undefined : written;
    const parsed = setting.parse.safeParse(given);
    if (!parsed.success) {
      throw new ConfigError(
        written === environment[name] ? name : fileVariable(name),
        setting.isSecret ? 'a value that is not shown' : `"${given ?? ''}"`,
        setting.expected,
      );
    }
    values[name] = parsed.data;
  }
  return values as Values;
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws ConfigError naming the first variable that cannot be used
 */
export function readConfig(environment: Environment) {
  const values = read(environment);
  assertDatabaseRoles(values.DATABASE_URL, values.PATCHGATE_MIGRATION_DATABASE_URL);
  assertPortsDiffer([
    { variable: 'PATCHGATE_PORT', host: values.PATCHGATE_HOST, port: values.PATCHGATE_PORT },
    {
      variable: 'PATCHGATE_MANAGEMENT_PORT',
      host: values.PATCHGATE_MANAGEMENT_HOST,
      port: values.PATCHGATE_MANAGEMENT_PORT,
    },
  ]);
  const dataDir = resolve(values.PATCHGATE_DATA_DIR ?? '.patchgate');
  return {
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.PATCHGATE_MIGRATION_DATABASE_URL,
    dataDir,
    keyDir: resolve(values.PATCHGATE_KEY_DIR ?? join(dataDir, 'keys')),
    host: values.PATCHGATE_HOST,
    port: values.PATCHGATE_PORT,
    transport: chooseTransport({
      host: values.PATCHGATE_HOST,
      certFile: values.PATCHGATE_TLS_CERT,
      keyFile: values.PATCHGATE_TLS_KEY,
      trustedProxies: values.PATCHGATE_TRUSTED_PROXIES,
      publicUrl: values.PATCHGATE_PUBLIC_URL,
    }),
    trustedProxies: values.PATCHGATE_TRUSTED_PROXIES,
    publicUrl: values.PATCHGATE_PUBLIC_URL,
    managementHost: values.PATCHGATE_MANAGEMENT_HOST,
    managementPort: values.PATCHGATE_MANAGEMENT_PORT,
    workerManagementPort: values.PATCHGATE_WORKER_MANAGEMENT_PORT,
    pollIntervalMs: values.PATCHGATE_POLL_INTERVAL_SECONDS * 1000,
    checkTimeoutMs: values.PATCHGATE_CHECK_TIMEOUT_MS,
    resultRetentionMs: values.PATCHGATE_RESULT_RETENTION_HOURS * 3_600_000,
    runs: {
      retryMs: values.PATCHGATE_GATE_RETRY_SECONDS * 1000,
      verifyMs: values.PATCHGATE_VERIFY_MINUTES * 60_000,
      verifyEveryMs: values.PATCHGATE_VERIFY_EVERY_SECONDS * 1000,
      mostRunMs: values.PATCHGATE_MOST_RUN_MINUTES * 60_000,
      rebootMs: values.PATCHGATE_REBOOT_MINUTES * 60_000,
    },
    probes: {
      allow: values.PATCHGATE_PROBE_ALLOW_CIDRS,
      deny: values.PATCHGATE_PROBE_DENY_CIDRS,
      clientCertificate: clientCertificate(values),
    },
    threads: values.UV_THREADPOOL_SIZE,
    logLevel: values.PATCHGATE_LOG_LEVEL,
    firstAdmin: firstAdmin(values),
    /** Null for a real installation. */
    demoFile: values.PATCHGATE_DEMO_FILE ?? null,
  };
}

/** The names of all variables, those for files of secrets too. */
export const variables: readonly string[] = Object.entries<Setting<unknown>>(settings).flatMap(
  ([name, { isSecret }]) => (isSecret ? [name, fileVariable(name)] : [name]),
);

export type Config = ReturnType<typeof readConfig>;

function clientCertificate({ PATCHGATE_CLIENT_CERT: certFile, PATCHGATE_CLIENT_KEY: keyFile }: Values) {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) {
    throw new ConfigError('PATCHGATE_CLIENT_CERT', 'nothing', 'the certificate of PATCHGATE_CLIENT_KEY');
  }
  if (keyFile === undefined) {
    throw new ConfigError('PATCHGATE_CLIENT_KEY', 'nothing', 'the private key of PATCHGATE_CLIENT_CERT');
  }
  return { certFile, keyFile };
}

function firstAdmin(values: Values): { username: string; password: string } | undefined {
  const { PATCHGATE_ADMIN_USERNAME: username, PATCHGATE_ADMIN_PASSWORD: password } = values;
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined) {
    throw new ConfigError(
      'PATCHGATE_ADMIN_USERNAME',
      'nothing',
      'a user name beside PATCHGATE_ADMIN_PASSWORD',
    );
  }
  if (password === undefined) {
    throw new ConfigError(
      'PATCHGATE_ADMIN_PASSWORD',
      'nothing',
      'a password beside PATCHGATE_ADMIN_USERNAME',
    );
  }
  return { username, password };
}

/**
 * The database URL a process cannot do without.
 *
 * @throws ConfigError when it is not set
 */
export function requireUrl(url: string | undefined, variable: string): string {
  if (url !== undefined) return url;
  throw new ConfigError(variable, 'nothing', 'a URL such as postgres://user:password@host:5432/database');
}
