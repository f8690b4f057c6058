import { expect, it } from 'vitest';
import { AgentError } from './agent-failure.js';
import { failedOrder } from './order-outcome.js';

const kindOf = (
  ...[failure, told]: [AgentError['failure'], { status?: number; code?: string; isRetryable?: boolean }?]
) => failedOrder(new AgentError(failure, 'no', told)).kind;

it.each([
  [408, 'TOO_LATE', false, 'too_late'],
  [409, 'RUN_CONFLICT', false, 'conflict'],
  [409, 'ADMISSION_FROZEN', true, 'busy'],
  [409, 'SELF_UPDATE_BLOCKED', false, 'refused'],
  [410, 'RUN_CANCELLED', false, 'cancelled'],
  [412, 'STALE_FENCE', false, 'superseded'],
  [423, 'HOST_BUSY', true, 'busy'],
  [429, 'QUEUE_FULL', true, 'busy'],
  [400, 'VALIDATION_ERROR', false, 'refused'],
])('an order that is refused with %i %s is %s', (status, code, isRetryable, kind) => {
  expect(kindOf('refused', { status, code, isRetryable })).toBe(kind);
});

it('an order that reached nobody says so, and one whose answer is lost says that nothing is known', () => {
  expect([kindOf('unreachable'), kindOf('refused_us')]).toEqual(['unreachable', 'refused_us']);
  expect([kindOf('lost'), kindOf('bad_answer', { status: 200 })]).toEqual(['unknown', 'unknown']);
});

it('a failing agent may have taken the order all the same, one that is not available has not', () => {
  expect(kindOf('failed', { status: 500, code: 'JOURNAL_ERROR', isRetryable: true })).toBe('unknown');
  expect(kindOf('failed', { status: 503, isRetryable: true })).toBe('busy');
});
