import { expect, test } from 'vitest';
import { exampleWords, reasonLines, reasonState } from './reason-words.js';

const now = Date.parse('2026-03-26T01:47:12.000Z');
const line = {
  reason: 'check_failed',
  status: 'waiting_health_check',
  count: 7,
  example: {
    ...{ run_id: '', fqdn: 'shop-web-07.example.org', detail: 'Storefront answers: status 503' },
    next_attempt_at: '2026-03-26T01:50:04.000Z',
  },
} as const;

test('a reason has one host as its example, with what is known of it and when it is asked next', () => {
  expect(exampleWords(line, now)).toBe(
    'shop-web-07 and others: Storefront answers: status 503, next attempt in 2:52',
  );
});

test('without a detail the example says what happens next', () => {
  const waiting = {
    reason: 'batch_wait',
    status: 'queued',
    count: 1,
    example: { run_id: '', fqdn: 'edge-01', detail: null, next_attempt_at: null },
  } as const;
  expect(exampleWords(waiting, now)).toBe(
    'edge-01: It starts when the batches before it are done and a slot is free',
  );
});

test('what our side could not ask does not look like what fails', () => {
  expect(reasonState('check_error')).toBe('couldNotAsk');
  expect(reasonState('check_failed')).toBeNull();
});

test('a reason is one line, whatever the hosts it holds have come to', () => {
  const failed = { ...line, status: 'failed' as const, count: 9 };
  const busy = { ...line, reason: 'agent_busy' as const, count: 8 };
  expect(
    reasonLines([line, busy, failed]).map(({ reason, status, count }) => [reason, status, count]),
  ).toEqual([
    ['check_failed', 'failed', 16],
    ['agent_busy', 'waiting_health_check', 8],
  ]);
});
