import { setTimeout as delay } from 'node:timers/promises';

export interface Running {
  readonly pid: number;
  /** Resolves with how it ended. */
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface KeepRunningOptions {
  readonly launch: () => Promise<Running>;
  readonly onEnd: (how: string, restartInMs: number) => void;
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
  /** A run at least this long counts as healthy: the next failure waits the first delay again. */
  readonly stableAfterMs?: number;
}

export interface Kept {
  /** Undefined between an end and the restart. */
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/** Starts once (a failure of this first start is the caller's), then restarts whatever ends, with backoff. */
export async function keepRunning(options: KeepRunningOptions): Promise<Kept> {
  const { firstDelayMs = 250, longestDelayMs = 10_000, stableAfterMs = 30_000 } = options;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  let current: Running | undefined = await options.launch();

  const supervise = async (first: Running) => {
    let delayMs = firstDelayMs;
    let outcome: Outcome = await ended(first);
    while (!isStopping()) {
      current = undefined;
      if (outcome.ranMs >= stableAfterMs) delayMs = firstDelayMs;
      options.onEnd(outcome.how, delayMs);
      await pause(delayMs, stopping.signal);
      if (isStopping()) return;
      delayMs = Math.min(delayMs * 2, longestDelayMs);
      const next = await options.launch().catch((error: unknown) => error);
      if (isRunning(next)) {
        current = next;
        // Told to stop while it was starting: stop() saw nothing to stop then.
        if (isStopping()) await next.stop();
        outcome = await ended(next);
      } else {
        outcome = { how: next instanceof Error ? next.message : String(next), ranMs: 0 };
      }
    }
  };
  const supervised = supervise(current);
  return {
    pid: () => current?.pid,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await supervised;
    },
  };
}

interface Outcome {
  readonly how: string;
  readonly ranMs: number;
}

async function ended(running: Running): Promise<Outcome> {
  const startedAt = performance.now();
  return { how: await running.exited, ranMs: performance.now() - startedAt };
}

function isRunning(value: unknown): value is Running {
  return typeof value === 'object' && value !== null && 'exited' in value;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // Rejects only because we were told to stop, which the caller looks at next.
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
