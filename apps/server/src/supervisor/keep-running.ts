import { setTimeout as delay } from 'node:timers/promises';

export interface Exit {
  readonly how: string;
  readonly code: number | null;
}

export interface Running {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly stop: () => Promise<void>;
}

export interface KeepRunningOptions {
  readonly launch: () => Promise<Running>;
  readonly onRestart: (how: string, delayMs: number) => void;
  /** An end that a restart cannot mend; `gaveUp` then resolves with it. */
  readonly isFinal?: (exit: Exit) => boolean;
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
  /** A run at least this long counts as healthy: the next failure waits the first delay again. */
  readonly stableAfterMs?: number;
}

export interface Kept {
  /** Undefined between an end and the restart. */
  readonly pid: () => number | undefined;
  readonly gaveUp: Promise<Exit>;
  readonly stop: () => Promise<void>;
}

/** Starts once (a failure of this first start is the caller's), then restarts whatever ends, with backoff. */
export async function keepRunning(options: KeepRunningOptions): Promise<Kept> {
  const { firstDelayMs = 250, longestDelayMs = 10_000, stableAfterMs = 30_000 } = options;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const gaveUp = Promise.withResolvers<Exit>();
  let current: Running | undefined = await options.launch();

  const supervise = async (first: Running) => {
    let delayMs = firstDelayMs;
    let outcome = await endOf(first);
    while (!isStopping()) {
      current = undefined;
      if (options.isFinal?.(outcome.exit) === true) {
        gaveUp.resolve(outcome.exit);
        return;
      }
      if (outcome.ranMs >= stableAfterMs) delayMs = firstDelayMs;
      options.onRestart(outcome.exit.how, delayMs);
      await pause(delayMs, stopping.signal);
      if (isStopping()) return;
      delayMs = Math.min(delayMs * 2, longestDelayMs);
      outcome = await launchAgain();
    }
  };
  const launchAgain = async (): Promise<Outcome> => {
    try {
      const next = await options.launch();
      current = next;
      // Told to stop while it was starting: stop() saw nothing to stop then.
      if (isStopping()) await next.stop();
      return await endOf(next);
    } catch (error) {
      return { exit: { how: error instanceof Error ? error.message : String(error), code: null }, ranMs: 0 };
    }
  };
  const supervised = supervise(current);
  return {
    pid: () => current?.pid,
    gaveUp: gaveUp.promise,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await supervised;
    },
  };
}

interface Outcome {
  readonly exit: Exit;
  readonly ranMs: number;
}

async function endOf(running: Running): Promise<Outcome> {
  const startedAt = performance.now();
  return { exit: await running.exited, ranMs: performance.now() - startedAt };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // Rejects only because we were told to stop, which the caller looks at next.
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
