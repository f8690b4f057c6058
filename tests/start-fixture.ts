import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunningProgram } from './run-program.js';
import { processesAbout, runProgram } from './run-program.js';

export const repository = path.resolve(import.meta.dirname, '..');
export const supervisorFixture = [process.execPath, path.join(repository, 'tests/fixtures/supervisor.mjs')];

/** A directory that is gone, with every process that works in it, when the test is over. */
export function temporaryDirectory(owner?: number): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-start-'));
  chmodSync(directory, 0o711);
  if (owner !== undefined) chownSync(directory, owner, owner);
  onTestFinished(() => {
    for (const pid of processesAbout(directory)) end(pid);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  return directory;
}

/** `patchgate start` over a fixture child, on a data directory. */
export function startFixture(
  dataDirectory: string,
  settings: { command?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
): RunningProgram {
  return runProgram(settings.command ?? supervisorFixture, {
    cwd: path.dirname(dataDirectory),
    env: { PATH: process.env.PATH, ...settings.environment, PATCHGATE_DATA_DIR: dataDirectory },
  });
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
