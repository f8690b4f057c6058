import { expect, test, vi } from 'vitest';
import type { Exit, Running } from './keep-running.js';
import { keepRunning } from './keep-running.js';

/** Runs that end when the test says so. */
function launcher() {
  const ends: ((exit: Exit) => void)[] = [];
  const launch = (): Promise<Running> => {
    const { promise, resolve } = Promise.withResolvers<Exit>();
    ends.push(resolve);
    return Promise.resolve({
      pid: ends.length,
      exited: promise,
      stop: () => {
        resolve({ how: 'stopped', code: 0 });
        return Promise.resolve();
      },
    });
  };
  return { launch, ends, crash: () => ends.at(-1)!({ how: 'exit code 3', code: 3 }) };
}

test('each crash waits twice as long as the one before, up to the longest', async () => {
  const { launch, crash, ends } = launcher();
  const delays: number[] = [];
  const kept = await keepRunning({
    launch,
    onRestart: (_how, delayMs) => delays.push(delayMs),
    firstDelayMs: 1,
    longestDelayMs: 4,
  });
  for (let run = 1; run <= 4; run += 1) {
    crash();
    await vi.waitFor(() => expect(ends).toHaveLength(run + 1), { interval: 1 });
  }
  expect(delays).toEqual([1, 2, 4, 4]);
  await kept.stop();
});

test('a run that was stable starts the waiting anew', async () => {
  const { launch, crash, ends } = launcher();
  const delays: number[] = [];
  const kept = await keepRunning({
    launch,
    onRestart: (_how, delayMs) => delays.push(delayMs),
    firstDelayMs: 1,
    stableAfterMs: 0,
  });
  for (let run = 1; run <= 3; run += 1) {
    crash();
    await vi.waitFor(() => expect(ends).toHaveLength(run + 1), { interval: 1 });
  }
  expect(delays).toEqual([1, 1, 1]);
  await kept.stop();
});

test('a restart that fails is tried again', async () => {
  const { launch, crash, ends } = launcher();
  let isBroken = false;
  const reasons: string[] = [];
  const kept = await keepRunning({
    launch: () => (isBroken ? Promise.reject(new Error('no room')) : launch()),
    onRestart: (how) => {
      reasons.push(how);
      isBroken = reasons.length < 3;
    },
    firstDelayMs: 1,
  });
  crash();
  await vi.waitFor(() => expect(ends).toHaveLength(2), { interval: 1 });
  expect(reasons).toEqual(['exit code 3', 'no room', 'no room']);
  await kept.stop();
});

test('an end that is final is told and not restarted', async () => {
  const { launch, ends } = launcher();
  const onRestart = vi.fn();
  const kept = await keepRunning({ launch, onRestart, isFinal: ({ code }) => code === 78 });
  ends[0]!({ how: 'exit code 78', code: 78 });
  expect(await kept.gaveUp).toEqual({ how: 'exit code 78', code: 78 });
  expect(onRestart).not.toHaveBeenCalled();
});

test('a stop while it waits for the restart starts nothing any more', async () => {
  const { launch, crash, ends } = launcher();
  const restarting = Promise.withResolvers<undefined>();
  const kept = await keepRunning({
    launch,
    onRestart: () => restarting.resolve(undefined),
    firstDelayMs: 60_000,
  });
  crash();
  await restarting.promise;
  await kept.stop();
  expect(ends).toHaveLength(1);
});
