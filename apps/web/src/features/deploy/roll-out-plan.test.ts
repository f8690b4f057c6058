import { expect, it } from 'vitest';
import { planInWords, rollOutPlan } from './roll-out-plan.js';

const planOf = (hosts: number, canary: number, batchSize: number | null) =>
  rollOutPlan(hosts, { canary, batchSize }).map((planned) => [planned.batch, planned.hosts]);

it('puts the canary first and the rest into batches, the last as large as what is left', () => {
  expect(planOf(32, 2, 8)).toEqual([
    [0, 2],
    [1, 8],
    [2, 8],
    [3, 8],
    [4, 6],
  ]);
});

it.each([
  [5, 0, null, [[1, 5]]],
  [
    5,
    1,
    null,
    [
      [0, 1],
      [1, 4],
    ],
  ],
  [3, 9, 2, [[0, 3]]],
  [0, 2, 8, []],
] as const)('of %i hosts with a canary of %i and batches of %o makes %j', (hosts, canary, size, plan) => {
  expect(planOf(hosts, canary, size)).toEqual(plan);
});

it('says the plan in words', () => {
  expect(planInWords(rollOutPlan(32, { canary: 2, batchSize: 8 }))).toBe(
    'Canary 2 hosts, then 4 batches of at most 8',
  );
  expect(planInWords(rollOutPlan(4, { canary: 0, batchSize: null }))).toBe('one batch of 4');
  expect(planInWords(rollOutPlan(1, { canary: 1, batchSize: null }))).toBe('Canary 1 host');
  expect(planInWords([])).toBe('No host');
});
