import type { RunView } from '@patchgate/contracts';
import { describe, expect, test } from 'vitest';
import { gateHeadline, noNextWords, shutBy, tooLateWords } from './gate-words.js';

type Check = RunView['gate']['checks'][number];
const check = (verdict: Check['verdict']): Check => ({
  ...{ check_id: '', name: 'Storefront answers', verdict, reason: 'status', detail: 'status 503' },
  ...{ latency_ms: 388, checked_at: '2026-03-26T01:45:04.388Z' },
});
const closesAt = '2026-03-26T03:00:00.000Z';
const gate = (outcomes: RunView['gate']['outcomes'], checks: Check[] = []): RunView['gate'] => ({
  ...{ attempts: outcomes.length, last_attempt_at: null, next_attempt_at: null, outcomes, checks },
  ...{ window_opens_at: '2026-03-26T01:00:00.000Z', window_closes_at: closesAt },
});
const run = (changed: Partial<RunView>) =>
  ({
    ...{ status: 'waiting_health_check', reason: null, gate: gate([]), override: null, dispatched_at: null },
    ...changed,
  }) as Parameters<typeof gateHeadline>[0];

describe('the verdict of the gate', () => {
  test('counts what fails, and apart from it what could not be asked', () => {
    expect(shutBy([check('fail'), check('pass'), check('fail')])).toBe('2 of 3 checks fail');
    expect(shutBy([check('fail')])).toBe('1 of 1 check fails');
    expect(shutBy([check('error'), check('pass')])).toBe('1 of 2 checks could not be asked');
    expect(shutBy([check('error'), check('fail')])).toBe('1 of 2 checks fails, 1 could not be asked');
    expect(shutBy([])).toBe('the checks could not be asked');
  });

  test.each<[string, Partial<RunView>, string, string]>([
    [
      'nobody asked',
      { status: 'queued', reason: 'outside_window' },
      'queued',
      'Not asked yet: outside its window',
    ],
    [
      ...(['it is shut', { gate: gate(['fail'], [check('fail'), check('pass')]) }] as const),
      ...(['waiting', 'Gate closed: 1 of 2 checks fails'] as const),
    ],
    [
      ...(['we could not ask', { gate: gate(['error'], [check('error')]) }] as const),
      ...(['couldNotAsk', 'Gate closed: 1 of 1 check could not be asked'] as const),
    ],
    [
      ...([
        'all pass and something else holds',
        { status: 'queued', reason: 'batch_wait', gate: gate(['pass']) },
      ] as const),
      ...(['queued', 'Every check passes, and held: waits for its turn'] as const),
    ],
    [
      ...([
        'it opened',
        { status: 'running', dispatched_at: closesAt, gate: gate(['fail', 'pass']) },
      ] as const),
      ...(['pass', 'Gate opened at attempt 2'] as const),
    ],
    [
      ...([
        'somebody overrode it',
        { status: 'running', dispatched_at: closesAt, gate: gate(['overridden']) },
      ] as const),
      ...(['overridden', 'Gate overridden at attempt 1'] as const),
    ],
    [
      ...([
        'there is nothing to ask',
        { status: 'running', dispatched_at: closesAt, gate: gate(['no_checks']) },
      ] as const),
      ...(['none', 'Gate open: the host has no checks'] as const),
    ],
    [
      ...(['the window closed on it', { status: 'failed', gate: gate(['fail'], [check('fail')]) }] as const),
      ...(['failed', 'Gate never opened: 1 of 1 check fails'] as const),
    ],
    [
      'somebody skipped it',
      { status: 'cancelled', gate: gate(['fail']) },
      'skipped',
      'Skipped after 1 attempt',
    ],
  ])('when %s', (_when, changed, state, title) => {
    expect(gateHeadline(run(changed))).toEqual({ state, title });
  });
});

describe('what is too late', () => {
  const before = Date.parse(closesAt) - 1;
  test('is nothing until the window closes', () => {
    expect(tooLateWords(run({}), before)).toBeNull();
    expect(tooLateWords(run({}), before + 1)).toBe('Too late: the window has closed.');
  });

  test('is the gate of a run that was ordered, or is over', () => {
    expect(tooLateWords(run({ status: 'dispatching' }), before)).toMatch(/the patch was ordered/);
    expect(tooLateWords(run({ status: 'failed' }), before)).toMatch(/has ended/);
  });
});

test('without a next attempt it is said what it waits for', () => {
  const now = Date.parse('2026-03-26T02:00:00.000Z');
  expect(noNextWords(run({ reason: 'outside_window' }), now - 3 * 3_600_000)).toBe('when the window opens');
  expect(noNextWords(run({ reason: 'job_paused' }), now)).toBe('when the job is resumed');
  expect(noNextWords(run({ reason: 'rights_lost' }), now)).toBe('when somebody takes the job over');
  expect(noNextWords(run({ reason: 'batch_wait' }), now)).toBe('when its turn comes');
});
