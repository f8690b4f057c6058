import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jobStatus } from './job-status.js';
import { runStatuses } from './run.js';
import type { RunStatus } from './run.js';

const started = { isPaused: false, hasStarted: true };

test.each([
  ['while no run has started', { queued: 3 }, { isPaused: false, hasStarted: false }, 'queued'],
  ['while none was looked at', { waiting_health_check: 3 }, { isPaused: false, hasStarted: false }, 'queued'],
  ['once one was looked at', { queued: 3 }, started, 'running'],
  [
    'once one was dispatched',
    { queued: 2, dispatching: 1 },
    { isPaused: false, hasStarted: false },
    'running',
  ],
  ['once one has ended', { queued: 2, failed: 1 }, { isPaused: false, hasStarted: false }, 'running'],
  ['while any is open', { succeeded: 9, verifying: 1 }, started, 'running'],
  ['while it is paused', { succeeded: 9, queued: 1 }, { isPaused: true, hasStarted: true }, 'paused'],
  ['when a paused one is through', { succeeded: 9 }, { isPaused: true, hasStarted: true }, 'succeeded'],
  ['when all have succeeded', { succeeded: 2, failed: 0, running: 0 }, started, 'succeeded'],
  ['when all were cancelled', { cancelled: 2 }, started, 'cancelled'],
  ['when none has succeeded', { failed: 1, cancelled: 2 }, started, 'failed'],
  ['when the outcome of all is unknown', { indeterminate: 1 }, started, 'failed'],
  ['when some have succeeded', { succeeded: 1, failed: 1 }, started, 'partially_failed'],
  ['when some were cancelled', { succeeded: 1, cancelled: 1 }, started, 'partially_failed'],
  ['when some are unknown', { succeeded: 1, indeterminate: 1 }, started, 'partially_failed'],
] as const)('the status of a job %s', (_name, counts, how, expected) => {
  expect(jobStatus(counts, how)).toBe(expected);
});

test('it is the first rule that holds, in the order in which they are written down', () => {
  const ends: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled', 'indeterminate'];
  const counts = fc.record(Object.fromEntries(runStatuses.map((status) => [status, fc.nat({ max: 2 })])));
  fc.assert(
    fc.property(counts, fc.boolean(), fc.boolean(), (numbers, isPaused, hasStarted) => {
      const runs = runStatuses.flatMap((status) =>
        Array.from({ length: numbers[status] ?? 0 }, () => status),
      );
      const isOpen = runs.some((status) => !ends.includes(status));
      const none = runs.every((status) => status === 'queued' || status === 'waiting_health_check');
      const rules: [boolean, string][] = [
        [isOpen && isPaused, 'paused'],
        [isOpen && !hasStarted && none, 'queued'],
        [isOpen, 'running'],
        [runs.filter((status) => status === 'succeeded').length === runs.length, 'succeeded'],
        [runs.filter((status) => status === 'cancelled').length === runs.length, 'cancelled'],
        [!runs.includes('succeeded'), 'failed'],
        [true, 'partially_failed'],
      ];
      expect(jobStatus(numbers, { isPaused, hasStarted })).toBe(rules.find(([holds]) => holds)?.[1]);
    }),
  );
});
