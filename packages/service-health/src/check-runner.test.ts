import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { CheckRegistry } from './check-registry.js';
import type { CheckDefinition, CheckState } from './health-check.js';
import { realClock } from './real-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';

let log: RecordedLog;
let registry: CheckRegistry;

beforeEach(() => {
  vi.useFakeTimers();
  log = new RecordedLog();
  registry = new CheckRegistry({ clock: realClock, log, onVerdict: () => undefined });
});

afterEach(() => {
  registry.stop();
  vi.useRealTimers();
});

function state(name: string): CheckState {
  return registry.states().find((check) => check.name === name)!;
}

function hanging(name: string): { definition: CheckDefinition; signals: AbortSignal[]; settle: () => void } {
  const signals: AbortSignal[] = [];
  let settle: () => void = () => undefined;
  const check: CheckDefinition['check'] = (signal) => {
    signals.push(signal);
    return new Promise((resolve) => {
      settle = () => resolve({ status: 'healthy' });
    });
  };
  const definition = { name, critical: true, everyMs: 5000, timeoutMs: 2000, check };
  return { definition, signals, settle: () => settle() };
}

test('each check runs at once and then at its own interval', async () => {
  const often = new ScriptedCheck('often', { everyMs: 1000 });
  const seldom = new ScriptedCheck('seldom', { everyMs: 10_000 });
  registry.add(often.definition);
  registry.add(seldom.definition);
  registry.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([often.calls, seldom.calls]).toEqual([11, 2]);
  registry.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([often.calls, seldom.calls]).toEqual([11, 2]);
});

test('a check added after the start begins at once', async () => {
  registry.start();
  const late = new ScriptedCheck('late');
  registry.add(late.definition);
  await vi.advanceTimersByTimeAsync(0);
  expect(state('late').outcome).toEqual({ status: 'healthy' });
});

test('a check that throws is unhealthy with the code, and its error is logged once', async () => {
  const check = new ScriptedCheck('database');
  const error = Object.assign(new Error('connect to 10.0.0.7'), { code: 'ECONNREFUSED' });
  check.next = error;
  registry.add(check.definition);
  registry.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state('database')).toMatchObject({
    outcome: { status: 'unhealthy', reason: 'ECONNREFUSED' },
    consecutiveFailures: 3,
  });
  expect(log.lines).toEqual([
    {
      level: 'warn',
      fields: { check: 'database', reason: 'ECONNREFUSED', err: error },
      message: 'health check failed',
    },
  ]);
});

test('a check that throws before it returns a promise is unhealthy too', async () => {
  const check = () => {
    throw new TypeError('no');
  };
  registry.add({ name: 'broken', critical: true, everyMs: 5000, timeoutMs: 2000, check });
  await registry.runAll();
  expect(state('broken').outcome).toEqual({ status: 'unhealthy', reason: 'TypeError' });
});

test('a check that never settles is timed out, aborted, never run twice, fails on, and blocks no other', async () => {
  const hung = hanging('hung');
  const other = new ScriptedCheck('other');
  registry.add(hung.definition);
  registry.add(other.definition);
  registry.start();
  await vi.advanceTimersByTimeAsync(1999);
  expect(state('hung').outcome).toBeNull();
  expect(state('other').outcome).toEqual({ status: 'healthy' });
  expect(hung.signals[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(state('hung').outcome).toEqual({ status: 'unhealthy', reason: 'timeout' });
  expect(hung.signals[0]?.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hung.signals).toHaveLength(1);
  expect(state('hung').consecutiveFailures).toBe(13);
  expect(other.calls).toBe(13);
});

test('an answer after the timeout does not count, and the check runs again at its next time', async () => {
  const slow = hanging('slow');
  registry.add(slow.definition);
  registry.start();
  await vi.advanceTimersByTimeAsync(3000);
  slow.settle();
  await vi.advanceTimersByTimeAsync(0);
  expect(state('slow').outcome).toEqual({ status: 'unhealthy', reason: 'timeout' });
  await vi.advanceTimersByTimeAsync(2000);
  expect(slow.signals).toHaveLength(2);
  slow.settle();
  await vi.advanceTimersByTimeAsync(0);
  expect(state('slow')).toMatchObject({ outcome: { status: 'healthy' }, consecutiveFailures: 0 });
});

test('a check asked for while it runs is joined, not run twice', async () => {
  const check = hanging('joined');
  registry.add(check.definition);
  const both = Promise.all([registry.runAll(), registry.runAll()]);
  check.settle();
  await both;
  expect(check.signals).toHaveLength(1);
  expect(state('joined').outcome).toEqual({ status: 'healthy' });
});

test('stopping aborts the check under way and records nothing of it', async () => {
  const check = hanging('stopped');
  registry.add(check.definition);
  registry.start();
  registry.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(check.signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(state('stopped').outcome).toBeNull();
});

test('a crashed child is degraded within its grace, by timeouts too, and unhealthy after', async () => {
  const { definition } = hanging('worker');
  registry.add({ ...definition, graceMs: 30_000 });
  registry.start();
  await vi.advanceTimersByTimeAsync(32_000);
  expect(state('worker')).toMatchObject({
    outcome: { status: 'degraded', reason: 'timeout' },
    hasSucceeded: true,
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(state('worker').outcome).toEqual({ status: 'unhealthy', reason: 'timeout' });
});

test('a secret in a reason is not kept', async () => {
  const check = new ScriptedCheck('leaky');
  check.next = { status: 'degraded', reason: 'postgres://app:hunter2@db/' };
  registry.add(check.definition);
  await registry.runAll();
  expect(state('leaky').outcome).toEqual({ status: 'degraded', reason: 'unspecified' });
});

test('a registration that cannot work is refused', () => {
  const { definition } = new ScriptedCheck('database');
  registry.add(definition);
  expect(() => registry.add(definition)).toThrow('registered twice: database');
  expect(() => registry.add({ ...definition, name: 'Data base' })).toThrow('snake_case: Data base');
  expect(() => registry.add({ ...definition, name: 'never', everyMs: 0 })).toThrow('positive times: never');
  registry.add({ ...definition, name: 'tick', excusedBy: 'databse' });
  expect(() => registry.start()).toThrow('tick is excused by the unknown check databse');
});
