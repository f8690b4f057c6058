// The product as a person runs it, on free ports and a data directory of its own.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
export const admin = { username: 'bench', password: 'a bench is for sitting and for measuring' };

export function makeDataDirectory() {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-bench-'));
  // PostgreSQL runs as another user when root starts it.
  chmodSync(directory, 0o711);
  return {
    path: path.join(directory, 'data'),
    remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/**
 * Resolves when the address is printed.
 *
 * @param {string[]} commandLine
 * @param {string} dataDirectory
 * @param {Record<string, string>} [settings]
 * @returns {Promise<{ url: string, pid: number, readySeconds: number, stop: () => Promise<void> }>}
 */
export async function startPatchgate(commandLine, dataDirectory, settings = {}) {
  const startedAt = performance.now();
  // A benchmark that is broken off leaves nothing running.
  const child = spawn('setpriv', ['--pdeathsig=TERM', '--', ...commandLine], {
    cwd: root,
    env: {
      ...process.env,
      PATCHGATE_DATA_DIR: dataDirectory,
      PATCHGATE_PORT: '0',
      PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
      PATCHGATE_MANAGEMENT_PORT: '0',
      PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
      PATCHGATE_ADMIN_USERNAME: admin.username,
      PATCHGATE_ADMIN_PASSWORD: admin.password,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
      const address = /is ready.*: (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`Patchgate ended before it was ready:\n${said}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    readySeconds: (performance.now() - startedAt) / 1000,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/**
 * @param {string} dataDirectory of a Patchgate that runs
 * @returns {Promise<{ superuserUrl: string, appUrl: string }>} both of the product's database
 */
export async function databaseUrls(dataDirectory) {
  const supervisor = path.join(root, 'apps/server/dist/supervisor');
  const { knownPostgresHome } = await import(path.join(supervisor, 'postgres-home.js'));
  const { readCredentials } = await import(path.join(supervisor, 'postgres-credentials.js'));
  const { connectionUrls } = await import(path.join(supervisor, 'postgres-urls.js'));
  const home = knownPostgresHome(dataDirectory);
  const port = Number(readFileSync(path.join(home, 'port'), 'utf8'));
  const urls = connectionUrls(port, readCredentials(path.join(home, 'credentials.json')));
  const superuserUrl = Object.assign(new URL(urls.superuserUrl), { pathname: new URL(urls.appUrl).pathname });
  return { superuserUrl: superuserUrl.href, appUrl: urls.appUrl };
}
