import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { waitUntil } from './wait-until.js';

export interface RunningProgram {
  readonly pid: number;
  /** Everything it wrote so far, to both outputs. */
  readonly output: () => string;
  /** The first match in the output, waited for; fails when the program ends without it. */
  readonly saying: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly exited: Promise<number | NodeJS.Signals | null>;
  readonly kill: (signal: NodeJS.Signals) => boolean;
}

/** Starts a real program for a test that watches it from outside. */
export function runProgram(
  [program = '', ...args]: readonly string[],
  { input = '', ...options }: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): RunningProgram {
  const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program that ends at once has not read it, and has no need to.
  child.stdin.on('error', () => undefined).end(input);
  let written = '';
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  }
  const exited = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal);
    });
  });
  return {
    pid: child.pid!,
    output: () => written,
    exited,
    kill: (signal) => child.kill(signal),
    saying: (pattern) =>
      waitUntil(
        () => {
          const match = pattern.exec(written);
          if (match !== null) return match;
          throw new Error(`${hasEnded ? 'ended' : 'not yet said'} without ${String(pattern)}:\n${written}`);
        },
        { timeoutMs: 50_000, everyMs: 25 },
      ),
  };
}

/** Pids of all processes that have to do with a directory: by working directory, command line or environment. */
export function processesAbout(directory: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => [`cwd`, 'cmdline', 'environ'].some((entry) => readProc(pid, entry).includes(directory)))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

export function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function readProc(pid: string, entry: string): string {
  try {
    return entry === 'cwd' ? readlinkSync(`/proc/${pid}/cwd`) : readFileSync(`/proc/${pid}/${entry}`, 'utf8');
  } catch {
    // Ended while we looked, or not ours to look at.
    return '';
  }
}
