import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import type { RunningProgram } from '../../../../tests/run-program.js';
import { runProgram } from '../../../../tests/run-program.js';

export const built = path.resolve(import.meta.dirname, '../../dist/fastcgi-health.mjs');
/** The oldest Node there is here: what a machine of a user is likely to have. */
const userNode = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;

interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface RunningFront {
  readonly program: RunningProgram;
  readonly port: number;
  /** The status of one request, which must have no body. */
  readonly ask: (path?: string, method?: string) => Promise<number>;
  readonly lines: () => LogLine[];
  /** Descriptors that the program has open. */
  readonly descriptors: () => number;
}

/** The one file alone in an empty directory, run with nothing in its environment but the settings. */
export function runFront(settings: NodeJS.ProcessEnv): RunningProgram {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-front-'));
  copyFileSync(built, path.join(directory, 'fastcgi-health.mjs'));
  const program = runProgram(
    ['setpriv', '--pdeathsig=KILL', '--', userNode, path.join(directory, 'fastcgi-health.mjs')],
    { cwd: directory, env: settings },
  );
  onTestFinished(async () => {
    program.kill('SIGKILL');
    await program.exited;
    rmSync(directory, { recursive: true, force: true });
  });
  return program;
}

export async function startFront(
  destinationPort: number,
  settings: NodeJS.ProcessEnv = {},
): Promise<RunningFront> {
  const program = runFront({
    SERVER: '127.0.0.1:0',
    DESTINATION_PORT: String(destinationPort),
    ...settings,
  });
  const [, port] = await program.saying(/"address":"127\.0\.0\.1:(\d+)"/);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  onTestFinished(() => agent.destroy());
  const ask = (uri = '/', method = 'GET') =>
    new Promise<number>((resolve, reject) => {
      request({ agent, port: Number(port), path: uri, method }, (response) => {
        response.on('data', () => reject(new Error('the answer has a body')));
        response.on('end', () => resolve(response.statusCode!));
      })
        .on('error', reject)
        .end();
    });
  return {
    program,
    port: Number(port),
    ask,
    lines: () =>
      program
        .output()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as LogLine),
    descriptors: () => readdirSync(`/proc/${program.pid}/fd`).length,
  };
}
