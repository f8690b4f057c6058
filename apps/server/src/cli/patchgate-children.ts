import path from 'node:path';
import type { Config } from '../config/config.schema.js';
import { fileVariable } from '../config/secret-files.js';
import type { Ports, WantedPort } from '../supervisor/port-check.js';
import type { DatabaseUrls } from '../supervisor/start-patchgate.js';
import type { ChildSpec } from '../supervisor/supervised-child.js';

/** This installation as `patchgate start` runs it. */
export interface Program {
  readonly node: string;
  /** Where the compiled main.*.js are. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: Config;
}

/** Half of them look up names: with libuv's four, two name servers that do not answer would stop every check by name. */
const workerThreads = 64;

const apiPort = 'PATCHGATE_PORT';
const apiManagement = 'PATCHGATE_MANAGEMENT_PORT';
const workerManagement = 'PATCHGATE_WORKER_MANAGEMENT_PORT';
const probeAllow = 'PATCHGATE_PROBE_ALLOW_CIDRS';

/**
 * What checks may connect to beyond the rule. Who starts everything on one machine, the database included, looks after
 * that machine itself; a service that others share has loopback services nobody but it should reach.
 *
 * @returns undefined where the settings or the rule decide
 */
export function allowedByDefault({ databaseUrl, probes }: Config): string | undefined {
  return databaseUrl === undefined && probes.allow.length === 0 ? '127.0.0.0/8,::1' : undefined;
}

export function wantedPorts(config: Config): WantedPort[] {
  return [
    { variable: apiPort, host: config.host, port: config.port },
    { variable: apiManagement, host: config.managementHost, port: config.managementPort },
    { variable: workerManagement, host: config.managementHost, port: config.workerManagementPort },
  ];
}

export function patchgateChildren(program: Program, database: DatabaseUrls, ports: Ports): ChildSpec[] {
  const environment = childEnvironment(program, database, ports);
  const readyUrl = (variable: string) =>
    `http://${connectable(program.config.managementHost)}:${ports[variable] ?? 0}/ready`;
  const command = (main: string) => [program.node, path.join(program.directory, main)];
  // The worker creates no admin, so it is not told the password.
  const workers = {
    UV_THREADPOOL_SIZE: String(workerThreads),
    ...without(environment, ['PATCHGATE_ADMIN_USERNAME', ...secretVariables('PATCHGATE_ADMIN_PASSWORD')]),
  };
  return [
    { name: 'api', command: command('main.api.js'), environment, readyUrl: readyUrl(apiManagement) },
    {
      name: 'worker',
      command: command('main.worker.js'),
      environment: workers,
      readyUrl: readyUrl(workerManagement),
    },
  ];
}

/** The processes serve as the app role; the owner's password stays with us. */
export function childEnvironment(program: Program, database: DatabaseUrls, ports: Ports): NodeJS.ProcessEnv {
  const allowed = allowedByDefault(program.config);
  return {
    ...without(program.environment, [...databaseVariables, 'PATCHGATE_STARTED_AT_MS']),
    ...Object.fromEntries(Object.entries(ports).map(([variable, port]) => [variable, String(port)])),
    DATABASE_URL: database.appUrl,
    PATCHGATE_DATA_DIR: program.config.dataDir,
    PATCHGATE_KEY_DIR: program.config.keyDir,
    ...(allowed !== undefined && { [probeAllow]: allowed }),
  };
}

const secretVariables = (name: string): string[] => [name, fileVariable(name)];

/** Given anew to each child, whichever way they came to us. */
export const databaseVariables = ['DATABASE_URL', 'PATCHGATE_MIGRATION_DATABASE_URL'].flatMap(
  secretVariables,
);

/** Where a browser on this machine finds the api. */
export function addressOf(config: Config, ports: Ports): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  return `${config.transport.kind === 'plain' ? 'http' : 'https'}://${connectable(config.host)}:${ports[apiPort] ?? 0}`;
}

/** An address to connect to for one that listens: "all addresses" is none. */
function connectable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

export function without(environment: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));
}
