import { describe, expect, test } from 'vitest';
import { runSeeds, simulate } from './simulate.js';
import type { Weakness } from './world.js';

// The same in every run, so that one tree has one verdict; `npm run faults -- simulation` looks elsewhere, and longer.
const { PATCHGATE_SIMULATION_SEED = '1', PATCHGATE_SIMULATION_SEEDS = '10000' } = process.env;
const perTest = 1000;
const patient = { timeout: 60_000 };
const firsts = Array.from(
  { length: Math.ceil(Number(PATCHGATE_SIMULATION_SEEDS) / perTest) },
  (_, index) => Number(PATCHGATE_SIMULATION_SEED) + index * perTest,
);

describe('whatever goes wrong, each run starts at most once, in its window, by a gate that opened, and ends truly', () => {
  test.each(firsts)(`from seed %i on, ${perTest} seeds`, patient, (from) => {
    const { failed, starts, ends } = runSeeds(from, perTest);
    // A seed that is named here replays alone: simulate(seed).
    expect(failed.map(({ seed, faults }) => ({ seed, faults }))).toEqual([]);
    // Stories in which little happens would prove little.
    expect(starts).toBeGreaterThan(perTest);
    expect(ends.get('succeeded')).toBeGreaterThan(perTest / 2);
    expect([...ends.keys()]).toEqual(
      expect.arrayContaining([
        'failed gate_window_closed',
        'indeterminate unknown_outcome',
        'cancelled cancelled',
      ]),
    );
  });

  test('a seed is the same story each time', () => {
    for (const seed of [1, 77, 4242]) expect(simulate(seed)).toEqual(simulate(seed));
  });
});

describe('a rule that is left out is found', () => {
  const most = 5000;
  const twice = /packages were changed \d times/;
  const untrue = /it is called (failed|cancelled).* and its host says [1-9]/;
  const weaknesses: [Weakness, string, RegExp][] = [
    ['no_fence', 'who lost a run writes it all the same', new RegExp(`${twice.source}|${untrue.source}`)],
    ['no_idempotency', 'an agent does an order as often as it gets it', twice],
    ['no_reread', 'what was true before the probes counts after them', /outside|paused|under way at once/],
    ['no_epoch_check', 'an agent that lost its journal is sent the order again', twice],
    ['second_post', 'an order is posted again when its reply was lost', twice],
    ['lost_is_refused', 'an order whose reply was lost counts as refused', untrue],
    ['no_epoch_in_order', 'an order does not say for which journal it is meant', twice],
    ['cancel_without_epoch', 'a cancellation by an agent that lost its journal counts', untrue],
    ['no_tombstone', 'a refusal counts while an order of before is on its way', untrue],
  ];

  test.each(weaknesses)('%s: %s', patient, (weakness, _rule, expected) => {
    let found: string | undefined;
    for (let seed = 1; seed <= most && found === undefined; seed += 1) {
      found = simulate(seed, weakness).faults.find((fault) => expected.test(fault));
    }
    expect(found).toMatch(expected);
  });
});
