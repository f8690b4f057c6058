import { describe, expect, test } from 'vitest';
import { judge } from '../../faults/judge.mjs';

const host = 'host-1';
const at = (seconds: number) => new Date(seconds * 1_000);
const run = (changes: object = {}) => ({
  ...{ id: 'run-1', job_id: 'job-1', host_id: host, status: 'succeeded', reason: null },
  ...{ dispatched_at: at(1), created_at: at(0) },
  ...changes,
});
const began = (id = 'run-1', seconds = 2) =>
  ({ at: seconds * 1_000, host_id: host, deed: 'transaction_started', id, detail: 'all' }) as const;
const ended = (code = '0', id = 'run-1', seconds = 3) =>
  ({ at: seconds * 1_000, host_id: host, deed: 'transaction_ended', id, detail: code }) as const;

const kindsOf = (
  runs: readonly ReturnType<typeof run>[],
  deeds: readonly (ReturnType<typeof began> | ReturnType<typeof ended>)[],
  dialect: 'ours' | 'public' = 'ours',
) =>
  judge({
    accepted: [{ jobId: 'job-1', hostIds: [host] }],
    ...{ runs, deeds, dialects: new Map([[host, dialect]]) },
  }).map(({ kind }) => kind);

describe('the ledger agrees with', () => {
  test.each([
    ['a run that succeeded and has one finished transaction', run(), [began(), ended()]],
    [
      'a failed one whose transaction failed',
      run({ status: 'failed', reason: 'patch_failed' }),
      [began(), ended('100')],
    ],
    [
      'a regressed one whose transaction did not',
      run({ status: 'failed', reason: 'regressed' }),
      [began(), ended()],
    ],
    [
      'one that was never dispatched',
      run({ status: 'failed', reason: 'gate_window_closed', dispatched_at: null }),
      [],
    ],
    ['a cancelled one that did nothing', run({ status: 'cancelled', reason: 'cancelled' }), []],
    ['an unknown outcome, done', run({ status: 'indeterminate' }), [began(), ended()]],
    ['an unknown outcome, not done', run({ status: 'indeterminate' }), []],
  ])('%s', (_name, row, deeds) => {
    expect(kindsOf([row], deeds)).toEqual([]);
  });
});

describe('the ledger denies', () => {
  test.each([
    ['success without a transaction', run(), [], 'untrue'],
    ['success of one that has not ended', run(), [began()], 'untrue'],
    ['success of one that failed', run(), [began(), ended('100')], 'untrue'],
    [
      'a failure of one that did not',
      run({ status: 'failed', reason: 'patch_failed' }),
      [began(), ended()],
      'untrue',
    ],
    [
      'that a run which never was dispatched left its host alone',
      run({ status: 'failed', dispatched_at: null }),
      [began(), ended()],
      'untrue',
    ],
    ['that a cancelled run left its host alone', run({ status: 'cancelled' }), [began(), ended()], 'untrue'],
    [
      'two transactions of one run',
      run(),
      [began(), ended(), began('run-1', 4), ended('0', 'run-1', 5)],
      'started_twice',
    ],
    [
      'a second under another name while a run had the host',
      run({ status: 'indeterminate' }),
      [began('job-a'), began('job-b', 4)],
      'started_twice',
    ],
    ['a run that is open when all should be over', run({ status: 'running' }), [began()], 'not_ended'],
    ['one that nobody ordered', run({ status: 'indeterminate' }), [began('run-7', -5)], 'untrue'],
  ] as const)('%s', (_name, row, deeds, kind) => {
    expect(kindsOf([row], deeds)).toContain(kind);
  });

  test('an accepted order that has no run', () => {
    expect(kindsOf([], [])).toEqual(['lost']);
  });
});

test('at a host whose agent knows no runs, what began while a run had it is that run', () => {
  const runs = [run(), run({ id: 'run-2', job_id: 'job-2', created_at: at(10), dispatched_at: at(11) })];
  const once = [began('a'), ended('0', 'a'), began('b', 12), ended('0', 'b', 13)];
  expect(kindsOf(runs, once, 'public')).toEqual([]);
  expect(kindsOf(runs, [...once, began('c', 14), ended('0', 'c', 15)], 'public')).toEqual(['started_twice']);
  expect(kindsOf(runs, once.slice(0, 2), 'public')).toEqual(['untrue']);
});
