import { expect, test } from 'vitest';
import { outcomeOf, verdictOf } from './verdict.js';
import type { Verdict } from './verdict.js';

const ours = ['blocked', 'agent_unreachable', 'agent_refused_us', 'secret_unreadable'] as const;
const theirs = [
  ...(['ok', 'timeout', 'dns', 'connect', 'tls', 'cert', 'http', 'status', 'no_match'] as const),
  ...(['no_match_in_cap', 'body', 'not_fastcgi', 'bad_answer', 'pool_busy'] as const),
  ...(['service_unknown', 'service_name_invalid', 'service_unhealthy', 'agent_error'] as const),
];

test.each(ours)('%s says nothing of the host', (reason) => {
  expect(verdictOf({ healthy: false, reason })).toBe('error');
});

test.each(theirs)('%s is the fault of what was probed', (reason) => {
  expect(verdictOf({ healthy: false, reason })).toBe('fail');
});

test.each([
  [405, 'error'],
  [429, 'error'],
  [500, 'fail'],
] as const)('an agent that answers %i', (agentStatus, expected) => {
  expect(verdictOf({ healthy: false, reason: 'agent_error', agentStatus })).toBe(expected);
  expect(verdictOf({ healthy: false, reason: 'http', agentStatus })).toBe('fail');
});

test('what is healthy passes', () => {
  for (const reason of [...ours, ...theirs]) expect(verdictOf({ healthy: true, reason })).toBe('pass');
});

test.each([
  [[], 'no_checks'],
  [['pass', 'pass'], 'pass'],
  [['pass', 'error'], 'error'],
  [['pass', 'fail'], 'fail'],
  [['error', 'fail', 'pass'], 'fail'],
] as [Verdict[], string][])('%j together are %s', (verdicts, expected) => {
  expect(outcomeOf(verdicts)).toBe(expected);
});
