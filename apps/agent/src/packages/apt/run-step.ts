import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import type { StepResult, TransactionEvents } from '../package-system.port.js';

interface StepOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly events: TransactionEvents;
}

/** Nothing asks a question, and what is said is in the language this is read in. */
const quietly = {
  DEBIAN_FRONTEND: 'noninteractive',
  APT_LISTCHANGES_FRONTEND: 'none',
  APT_LISTBUGS_FRONTEND: 'none',
  LC_ALL: 'C.UTF-8',
  LANGUAGE: 'C',
};

/** Runs one step of a package transaction to its end: without a deadline, because to stop it midway is what breaks hosts. */
export function runStep(
  program: string,
  args: readonly string[],
  { environment, events }: StepOptions,
): Promise<StepResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...environment, ...quietly },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, stdout, stderr, status] = child.stdio as (Readable | null)[];
    let error: string | null = null;
    onLines(stdout, events.line);
    onLines(stderr, (line) => {
      if (/^(?:E|dpkg|Err):/.test(line)) error = line;
      events.line(line);
    });
    onLines(status, (line) => {
      const percent = percentOf(line);
      if (percent !== null) events.percent(percent);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const exitCode = code ?? 128;
      const failure =
        error ??
        (signal === null ? `${program} ended with ${exitCode}` : `${program} was killed by ${signal}`);
      resolve({ exitCode, error: exitCode === 0 ? null : failure });
    });
  });
}

/** Reads a line of apt's status descriptor: `pmstatus:package:percent:what`, `dlstatus` alike. */
export function percentOf(line: string): number | null {
  const percent = Number(/^(?:pm|dl)status:[^:]*(?::[^:.\d][^:]*)?:([\d.]+):/.exec(line)?.[1] ?? Number.NaN);
  return Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : null;
}

function onLines(stream: Readable | null | undefined, take: (line: string) => void): void {
  if (stream == null) return;
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => take(line.trimEnd()));
}
