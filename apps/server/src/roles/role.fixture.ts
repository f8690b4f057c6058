import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { HealthBody } from '@patchgate/service-health';
import { runProgram } from '../../../../tests/run-program.js';
import type { RunningProgram } from '../../../../tests/run-program.js';
import { temporaryDirectory } from '../../../../tests/start-fixture.js';

export interface RunningRole {
  readonly program: RunningProgram;
  /** Where its health is asked; waits until it can be. */
  readonly management: () => Promise<string>;
  /** Where the api listens; waits until it does. */
  readonly origin: () => Promise<string>;
  readonly health: (path?: string) => Promise<{ status: number; body: HealthBody }>;
}

const dataDirectories = new Map<string, string>();

/** The roles of one database are one installation, and share its keys. */
function dataDirectoryFor(databaseUrl: string): string {
  const known = dataDirectories.get(databaseUrl);
  if (known !== undefined) return known;
  const made = path.join(temporaryDirectory(), 'data');
  dataDirectories.set(databaseUrl, made);
  onTestFinished(() => void dataDirectories.delete(databaseUrl));
  return made;
}

/** A real api or worker process on free ports of loopback; gone when the test is over. */
export function startRole(
  role: 'api' | 'worker',
  databaseUrl: string,
  settings: Record<string, string> = {},
): RunningRole {
  const entry = path.resolve(import.meta.dirname, `../../dist/main.${role}.js`);
  const program = runProgram([process.execPath, entry], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      PATCHGATE_DATA_DIR: dataDirectoryFor(databaseUrl),
      PATCHGATE_PORT: '0',
      PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
      PATCHGATE_MANAGEMENT_PORT: '0',
      PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
      ...settings,
    },
  });
  onTestFinished(async () => {
    program.kill('SIGKILL');
    await program.exited;
  });
  const management = async () => {
    const [, address] = await program.saying(/"address":"([^"]+)"[^\n]*"health listener ready"/);
    return `http://${address}`;
  };
  return {
    program,
    management,
    origin: async () => {
      const [, port] = await program.saying(/"port":(\d+)[^\n]*"api ready"/);
      return `http://127.0.0.1:${port}`;
    },
    health: async (endpoint = '/health') => {
      const response = await fetch((await management()) + endpoint);
      return { status: response.status, body: (await response.json()) as HealthBody };
    },
  };
}
