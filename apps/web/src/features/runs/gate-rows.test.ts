import type { GateAttemptView } from '@patchgate/contracts';
import { expect, test } from 'vitest';
import { checkRows } from './gate-rows.js';

type Verdict = GateAttemptView['checks'][number]['verdict'];
const attempt = (number: number, checks: Record<string, Verdict>): GateAttemptView => ({
  ...{ attempt: number, started_at: '', ended_at: '', outcome: 'fail', held_by: null, override: null },
  checks: Object.entries(checks).map(([check_id, verdict]) => ({
    ...{ check_id, name: `${check_id} at ${number}`, verdict, reason: 'status', detail: '' },
    ...{ latency_ms: 1, checked_at: '' },
  })),
});

test('a check has a row with its verdicts, the earliest first, under its latest name', () => {
  const rows = checkRows([
    attempt(3, { shop: 'pass', php: 'fail' }),
    attempt(1, { shop: 'fail', php: 'fail' }),
    attempt(2, { shop: 'error', php: 'pass' }),
  ]);
  expect(rows.map(({ name, verdicts, last }) => [name, verdicts, last.verdict])).toEqual([
    ['shop at 3', ['fail', 'error', 'pass'], 'pass'],
    ['php at 3', ['fail', 'pass', 'fail'], 'fail'],
  ]);
});

test('a check that is gone stays with its evidence, after those that are asked', () => {
  const rows = checkRows([
    attempt(1, { old: 'fail', shop: 'fail' }),
    attempt(2, { shop: 'pass', fresh: 'pass' }),
  ]);
  expect(rows.map(({ id, isAsked }) => [id, isAsked])).toEqual([
    ['shop', true],
    ['fresh', true],
    ['old', false],
  ]);
});

test('an attempt that broke before it asked anything makes no check one that is gone', () => {
  expect(checkRows([attempt(1, { shop: 'fail' }), attempt(2, {})])[0]?.isAsked).toBe(true);
});
