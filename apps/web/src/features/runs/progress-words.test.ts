import type { RunDetailView } from '@patchgate/contracts';
import { expect, test } from 'vitest';
import { progressWords } from './progress-words.js';

const now = Date.parse('2026-03-26T01:20:00.000Z');
const run = (changed: Partial<RunDetailView>) =>
  ({
    ...{ status: 'running', dispatched_at: '2026-03-26T01:16:00.000Z', ended_at: null, phase: null },
    ...{ unreachable_since: null, verify_until: null, overran_by_seconds: null },
    ...changed,
  }) as RunDetailView;
const text = (changed: Partial<RunDetailView>, lastLineAt: number | null = now) =>
  progressWords(run(changed), lastLineAt, now)?.text;

test('an order says since when it waits for its answer', () => {
  expect(text({ status: 'dispatching' })).toBe('Sent 4 min ago; waiting for the agent to accept the order.');
});

test('work says how long it goes on, and since when it is silent', () => {
  expect(text({ phase: 'upgrade' })).toBe('At work for 4 min, upgrade.');
  expect(text({}, now - 180_000)).toBe('At work for 4 min. Nothing new in the log for 3 min.');
  expect(text({}, null)).not.toContain('log');
});

test('an agent that is gone is said to be, and what will become of the run', () => {
  expect(text({ unreachable_since: '2026-03-26T01:17:00.000Z' })).toMatch(
    /not answered for 3 min.*unknown\.$/,
  );
});

test('a verification says how long the checks have, and that their time is over', () => {
  const verifying = { status: 'verifying', verify_until: '2026-03-26T01:26:00.000Z' } as const;
  expect(text(verifying)).toContain('within 6 min');
  expect(text({ ...verifying, verify_until: '2026-03-26T01:19:00.000Z' })).toContain('ended 1 min ago');
});

test('a run that is not at its agent has no progress', () => {
  expect(progressWords(run({ status: 'succeeded' }), now, now)).toBeNull();
});
