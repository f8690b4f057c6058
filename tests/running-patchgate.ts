import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.resolve(import.meta.dirname, '../apps/server/dist/main.cli.js');

export interface RunningPatchgate {
  readonly address: string;
  /** The one-time token of the set-up; empty where the environment names the first administrator. */
  readonly token: string;
  readonly dataDirectory: string;
  /** Ends it and leaves what it keeps. */
  readonly end: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts what a person starts, on free ports and an empty data directory that goes with it.
 *
 * @param flags of `patchgate start`
 */
export async function runPatchgate(
  environment: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): Promise<RunningPatchgate> {
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-e2e-'));
  await chmod(directory, 0o711);
  const dataDirectory = path.join(directory, 'data');
  const child = spawn('setpriv', ['--pdeathsig=TERM', '--', process.execPath, cli, 'start', ...flags], {
    cwd: directory,
    env: {
      ...process.env,
      PATCHGATE_DATA_DIR: dataDirectory,
      PATCHGATE_PORT: '0',
      PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
      PATCHGATE_MANAGEMENT_PORT: '0',
      PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isPrepared = environment.PATCHGATE_ADMIN_USERNAME !== undefined;
  const announced = readAnnouncement(child.stdout, isPrepared);
  await Promise.race([announced, ended.then(() => Promise.reject(new Error('patchgate start ended early')))]);
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return {
    ...(await announced),
    dataDirectory,
    end,
    stop: async () => {
      await end();
      await keepLog(dataDirectory);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function keepLog(dataDirectory: string): Promise<void> {
  const kept = process.env.PATCHGATE_E2E_KEPT_LOGS;
  if (kept === undefined) return;
  const name = `${path.basename(path.dirname(dataDirectory))}.log`;
  await copyFile(path.join(dataDirectory, 'logs', 'patchgate.log'), path.join(kept, name));
}

async function readAnnouncement(
  output: NodeJS.ReadableStream,
  isPrepared: boolean,
): Promise<{ address: string; token: string }> {
  let text = '';
  let isAnnounced = false;
  return await new Promise((resolve) => {
    output.on('data', (chunk: Buffer) => {
      if (isAnnounced) return;
      text += chunk.toString();
      const [, address] = /is ready.*: (\S+)/.exec(text) ?? [];
      const [, token = isPrepared ? '' : undefined] = /set-up token.*: (\S+)\n/.exec(text) ?? [];
      if (address === undefined || token === undefined) return;
      isAnnounced = true;
      resolve({ address, token });
    });
  });
}
