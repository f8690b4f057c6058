import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.resolve(import.meta.dirname, '../apps/server/dist/main.cli.js');

/**
 * Starts what a person starts, on free ports and an empty data directory. The tests find its address in
 * PATCHGATE_E2E_URL, the one-time token in PATCHGATE_E2E_SETUP_TOKEN and the data directory in PATCHGATE_E2E_DATA_DIR.
 */
async function startPatchgate(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-e2e-'));
  await chmod(directory, 0o711);
  const data = path.join(directory, 'data');
  const child = spawn('setpriv', ['--pdeathsig=TERM', '--', process.execPath, cli, 'start'], {
    cwd: directory,
    env: {
      ...process.env,
      PATCHGATE_DATA_DIR: data,
      PATCHGATE_PORT: '0',
      PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
      PATCHGATE_MANAGEMENT_PORT: '0',
      PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const announced = readAnnouncement(child.stdout);
  await Promise.race([announced, ended.then(() => Promise.reject(new Error('patchgate start ended early')))]);
  const { address, token } = await announced;
  process.env.PATCHGATE_E2E_URL = address;
  process.env.PATCHGATE_E2E_SETUP_TOKEN = token;
  process.env.PATCHGATE_E2E_DATA_DIR = data;
  return async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
}

async function readAnnouncement(output: NodeJS.ReadableStream): Promise<{ address: string; token: string }> {
  let text = '';
  return await new Promise((resolve) => {
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, address] = /is ready.*: (\S+)/.exec(text) ?? [];
      const [, token] = /set-up token.*: (\S+)\n/.exec(text) ?? [];
      if (address !== undefined && token !== undefined) resolve({ address, token });
    });
  });
}

export default startPatchgate;
