import { beforeEach, expect, test, vi } from 'vitest';

import { ManualClock } from './manual-clock.fixture.js';
import { ReadinessReaders } from './readiness-readers.js';

let clock: ManualClock;
let readers: ReadinessReaders;
beforeEach(() => {
  clock = new ManualClock();
  readers = new ReadinessReaders(clock);
});

/** Whether the wait is over by now. */
async function isOver(wait: Promise<void>): Promise<boolean> {
  return await Promise.race([wait.then(() => true), new Promise<false>((done) => setImmediate(done, false))]);
}

function answer(...answers: boolean[]): void {
  for (const isReady of answers) readers.answered(isReady);
}

test('when nobody polls there is nothing to wait for', async () => {
  expect(await isOver(readers.haveSeenUnready())).toBe(true);
});

test('one look is not a poll', async () => {
  answer(true);
  expect(await isOver(readers.haveSeenUnready())).toBe(true);
});

test('a reader that stopped asking is not waited for', async () => {
  answer(true, true);
  clock.advance(15_001);
  expect(await isOver(readers.haveSeenUnready())).toBe(true);
});

test('one that polls is waited for until it has been told twice in a row', async () => {
  answer(true, true);
  clock.advance(15_000);
  const wait = readers.haveSeenUnready();
  expect(await isOver(wait)).toBe(false);
  answer(false);
  expect(await isOver(wait)).toBe(false);
  answer(false);
  expect(await isOver(wait)).toBe(true);
});

test('one that has read twice that we are not ready already sends nothing', async () => {
  answer(true, true, false, false);
  expect(await isOver(readers.haveSeenUnready())).toBe(true);
});

test('what was said before a recovery does not count', async () => {
  answer(true, true, false, false, true);
  const wait = readers.haveSeenUnready();
  answer(false);
  expect(await isOver(wait)).toBe(false);
  answer(false);
  expect(await isOver(wait)).toBe(true);
});

test('a poll that falls silent ends the wait at the limit', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    answer(true, true);
    const wait = readers.haveSeenUnready();
    vi.advanceTimersByTime(11_999);
    expect(await isOver(wait)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isOver(wait)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
