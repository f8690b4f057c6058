import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Exit, Running } from './keep-running.js';

export interface BoundOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  /** What asks it to end, and what follows after each patience when it does not. */
  readonly stopWith: readonly { readonly signal: NodeJS.Signals; readonly patienceMs: number }[];
}

/** Starts a command line (made by `dyingWithUs`) and reads its output line by line. */
export function spawnBound(commandLine: readonly string[], options: BoundOptions): Running {
  const [program = '', ...rest] = commandLine;
  const settings: SpawnOptions = {
    cwd: options.cwd,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: a Ctrl-C reaches only us, and we decide on the order of the stop.
    detached: true,
  };
  const child = spawn(program, rest, settings);
  for (const stream of [child.stdout, child.stderr]) readLines(stream, options.onLine);
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => resolve({ how: error.message, code: null }));
    // 'close' and not 'exit': the last lines say why it ended.
    child.once('close', (code, signal) => resolve({ how: signal ?? `exit code ${String(code)}`, code }));
  });
  return { pid: child.pid ?? 0, exited, stop: () => stop(child, exited, options.stopWith) };
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', onLine);
}

async function stop(
  child: ChildProcess,
  exited: Promise<Exit>,
  steps: BoundOptions['stopWith'],
): Promise<void> {
  const timers = new Set<NodeJS.Timeout>();
  let afterMs = 0;
  for (const { signal, patienceMs } of steps) {
    timers.add(setTimeout(() => child.kill(signal), afterMs));
    afterMs += patienceMs;
  }
  await exited;
  for (const timer of timers) clearTimeout(timer);
}
