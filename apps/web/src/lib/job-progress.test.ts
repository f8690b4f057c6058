import { runStatus } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { endedOf, parts, partsOf, progressInWords } from './job-progress.js';

const one = Object.fromEntries(runStatus.options.map((status) => [status, 1])) as Record<
  (typeof runStatus.options)[number],
  number
>;
const none = { ...one };
for (const status of runStatus.options) none[status] = 0;

it('finds a place for every status, and loses no host', () => {
  const of = partsOf({ run_counts: one });
  expect(parts.reduce((sum, part) => sum + of[part], 0)).toBe(runStatus.options.length);
  expect(of).toMatchObject({ running: 4, unknown: 1, skipped: 1, waiting: 1, queued: 1 });
});

it('counts as ended what has succeeded, failed, was skipped or is not known', () => {
  expect(endedOf({ run_counts: one })).toBe(4);
});

it('says what there is, in the order of the bar', () => {
  const counts = { ...none, queued: 1200, succeeded: 12, waiting_health_check: 4 };
  expect(progressInWords({ run_counts: counts })).toBe('12 succeeded, 4 waiting for health, 1,200 queued');
});
