import { expect, test } from 'vitest';
import { DatabaseClock, resampleMs } from './database-clock.js';
import { MovedClock } from './moved-clock.fixture.js';

const start = Date.parse('2026-03-26T10:30:00.000Z');

/** A database whose clock is apart from ours by so much, and answers after a time. */
async function open() {
  const local = new MovedClock(new Date('2001-01-01T00:00:00.000Z'));
  const database = { aheadMs: 0, roundTripMs: 10 };
  const clock = await DatabaseClock.open(local, () => {
    local.passedMs += database.roundTripMs / 2;
    const databaseMs = start + local.passedMs + database.aheadMs;
    local.passedMs += database.roundTripMs / 2;
    return Promise.resolve(databaseMs);
  });
  return { local, database, clock };
}

test('shows the time of the database and the monotonic time since, whatever the clock of the machine says', async () => {
  const { local, clock } = await open();
  expect(clock.now().getTime()).toBe(start + 10);
  local.passedMs += 12_345;
  expect(clock.now().getTime()).toBe(start + 12_355);
  expect(clock.monotonicMs()).toBe(12_355);
});

test('is read again after 30 s and not before', async () => {
  const { local, database, clock } = await open();
  database.aheadMs = 500;
  local.passedMs += resampleMs - 100;
  await clock.resample();
  expect(clock.driftMs).toBe(0);
  local.passedMs += 100;
  await clock.resample();
  expect(clock.driftMs).toBe(500);
  expect(clock.now().getTime()).toBe(start + local.passedMs + 500);
  expect(clock.distrust).toBeNull();
});

test('is not trusted after a drift above 2 s, forward or back, until the next reading agrees', async () => {
  for (const aheadMs of [2_001, -2_001]) {
    const { local, database, clock } = await open();
    database.aheadMs = aheadMs;
    local.passedMs += resampleMs;
    await clock.resample();
    expect(clock.distrust).toBe('drift');
    local.passedMs += resampleMs;
    await clock.resample();
    expect(clock.distrust).toBeNull();
    expect(clock.now().getTime()).toBe(start + local.passedMs + aheadMs);
  }
});

test('takes no reading that was long on its way, and is not trusted without one for two minutes', async () => {
  const { local, database, clock } = await open();
  database.aheadMs = 900;
  database.roundTripMs = 2_001;
  local.passedMs += resampleMs;
  await clock.resample();
  expect(clock.driftMs).toBe(0);
  expect(clock.distrust).toBeNull();
  local.passedMs += 90_000;
  await clock.resample();
  expect(clock.distrust).toBe('unsampled');
  database.roundTripMs = 10;
  await clock.resample();
  expect(clock.distrust).toBeNull();
});
