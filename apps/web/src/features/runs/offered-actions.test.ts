import type { RunDetailView } from '@patchgate/contracts';
import { expect, test } from 'vitest';
import { actionsOf } from './offered-actions.js';

const closesAt = '2026-03-26T03:00:00.000Z';
const run = (changed: Partial<RunDetailView>): RunDetailView =>
  ({
    ...{ status: 'waiting_health_check', cancel_requested_at: null, override: null, resolution: null },
    gate: { window_closes_at: closesAt },
    ...changed,
  }) as RunDetailView;
const before = { isAdmin: true, isPaused: false, nowMs: Date.parse(closesAt) - 1 };
const refusals = (changed: Partial<RunDetailView>, circumstances: Partial<typeof before> = {}) =>
  actionsOf(run(changed), { ...before, ...circumstances }).map(({ name, refusal }) => [name, refusal]);

test('a host at the gate can be checked, skipped and, by an administrator, let through', () => {
  expect(refusals({})).toEqual([
    ['checkNow', null],
    ['skip', null],
    ['override', null],
  ]);
  expect(refusals({}, { isAdmin: false })[2]?.[1]).toMatch(/Only administrators/);
});

test('after the close each says that it is too late', () => {
  for (const [, refusal] of refusals({}, { nowMs: Date.parse(closesAt) }))
    expect(refusal).toMatch(/^Too late/);
});

test('a paused job makes no attempts, and its hosts can still be skipped', () => {
  expect(refusals({}, { isPaused: true })).toEqual([
    ['checkNow', 'No attempts are made while the job is paused.'],
    ['skip', null],
    ['override', null],
  ]);
});

test('an override is given once', () => {
  const override = { by: 'Anna', reason: 'maintenance', at: closesAt };
  expect(refusals({ override })[2]?.[1]).toBe('Anna has overridden the gate already.');
});

test('from the order on the agent can be asked to stop, once', () => {
  expect(refusals({ status: 'running' })).toEqual([['stop', null]]);
  expect(refusals({ status: 'verifying' })).toEqual([]);
  expect(refusals({ status: 'running', cancel_requested_at: closesAt })[0]?.[1]).toMatch(
    /its answer decides/,
  );
});

test('only an outcome that nobody knows can be resolved, and that once', () => {
  expect(refusals({ status: 'indeterminate' })).toEqual([['resolve', null]]);
  const resolution = { outcome: 'failed' as const, by: 'Anna', at: closesAt };
  expect(refusals({ status: 'indeterminate', resolution } as Partial<RunDetailView>)).toEqual([]);
  expect(refusals({ status: 'failed' })).toEqual([]);
});
