import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from './api-document.js';
import { openLane } from './fuzz-lane.js';
import type { Lane } from './fuzz-lane.js';

const { PATCHGATE_FUZZ_SEED, PATCHGATE_FUZZ_PATH, PATCHGATE_FUZZ_REQUESTS } = process.env;
// The same in every run, so that one tree has one verdict; longer runs look elsewhere.
const seed = PATCHGATE_FUZZ_SEED === 'random' ? randomInt(2 ** 31 - 1) : Number(PATCHGATE_FUZZ_SEED ?? 1);
const wanted = Number(PATCHGATE_FUZZ_REQUESTS ?? 20_000);

// Two, because one waits for a password to be hashed a good part of its time.
let lanes: Lane[];

beforeAll(async () => {
  lanes = await Promise.all([openLane(), openLane()]);
});
afterAll(() => Promise.all(lanes.map((lane) => lane.close())));

const sent = (): number => lanes.reduce((sum, { runner }) => sum + runner.sent, 0);
const answered = (status: number, operation = ''): number =>
  lanes.reduce((sum, { runner }) => sum + runner.countOf(status, operation), 0);

/** Runs, and makes a failure smaller until fast-check finds nothing smaller that fails. */
async function assertHolds(
  { sequence, runner }: Lane,
  settings: { seed: number; numRuns?: number; path?: string },
): Promise<void> {
  const property = fc.asyncProperty(sequence, (plans) => runner.run(plans));
  const outcome = await fc.check(property, settings);
  if (!outcome.failed) return;
  const { errorInstance: cause, counterexamplePath } = outcome;
  const again = `PATCHGATE_FUZZ_SEED=${outcome.seed} PATCHGATE_FUZZ_PATH=${counterexamplePath ?? ''}`;
  const story = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    `${story}\n\nthis alone again: ${again} node_modules/.bin/vitest run --project http tests/fuzz`,
    { cause },
  );
}

async function holdsForOne(): Promise<void> {
  await assertHolds(lanes[0]!, { seed, path: PATCHGATE_FUZZ_PATH ?? '' });
  expect(sent()).toBeGreaterThan(0);
}

async function holdsForAll(): Promise<void> {
  let round = 0;
  // Rounds, because fast-check counts runs and what is promised are requests. Each has a seed of its own and begins
  // afresh, so it does not matter which lane takes it.
  const runRounds = async (lane: Lane) => {
    while (sent() < wanted) await assertHolds(lane, { seed: seed + round++, numRuns: 10 });
  };
  await Promise.all(lanes.map(runRounds));
  expect(sent()).toBeGreaterThanOrEqual(wanted);
  // A fuzzer that is only ever refused finds nothing; a short one has not had the time to get everywhere.
  if (wanted < 10_000) return;
  expect(lanes[0]!.operations.filter((operation) => !isReached(operation)).map(({ name }) => name)).toEqual(
    [],
  );
  expect(answered(429)).toBeLessThan(wanted / 100);
}

/** There is an administrator already, so a set-up can only be refused. */
const isReached = ({ name, statuses }: Operation): boolean =>
  answered(name === 'session.setup' ? 409 : Math.min(...statuses.keys()), name) > 0;

describe('SEC-A2 the documented API under fuzz', () => {
  const [title, run] =
    PATCHGATE_FUZZ_PATH === undefined
      ? [`holds for ${wanted} requests of seed ${seed}`, holdsForAll]
      : [`holds for path ${PATCHGATE_FUZZ_PATH} of seed ${seed}`, holdsForOne];
  it(title, { timeout: 60_000 + wanted * 30 }, run);
});
