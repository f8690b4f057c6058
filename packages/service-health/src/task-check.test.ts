import { expect, test } from 'vitest';

import { ManualClock } from './manual-clock.fixture.js';
import { LATE_TASK_MS, taskOutcome } from './task-check.js';
import { TaskWatch } from './task-watch.js';

function watched() {
  const clock = new ManualClock();
  const watch = new TaskWatch(clock);
  return { clock, watch, judge: () => taskOutcome(watch.state, clock.monotonicMs(), LATE_TASK_MS) };
}

test('a task that begins again and again is healthy, and its age is that of the latest begin', () => {
  const { clock, watch, judge } = watched();
  expect(watch.ageSeconds()).toBeNull();
  for (let run = 0; run < 100; run += 1) {
    watch.begun();
    clock.advance(900);
    watch.ended();
    expect(judge()).toEqual({ status: 'healthy' });
    clock.advance(100);
  }
  expect(watch.ageSeconds()).toBe(1);
});

test('a task that hangs is unhealthy 30 s after it began', () => {
  const { clock, watch, judge } = watched();
  watch.begun();
  clock.advance(30_000);
  expect(judge()).toEqual({ status: 'healthy' });
  clock.advance(1);
  expect(judge()).toEqual({ status: 'unhealthy', reason: 'hung' });
});

test('a task that no longer begins is unhealthy 30 s after its last begin', () => {
  const { clock, watch, judge } = watched();
  watch.begun();
  watch.ended();
  clock.advance(30_001);
  expect(judge()).toEqual({ status: 'unhealthy', reason: 'stopped' });
});

test('a task that never begins is unhealthy after 30 s', () => {
  const { clock, judge } = watched();
  clock.advance(30_000);
  expect(judge()).toEqual({ status: 'healthy' });
  clock.advance(1);
  expect(judge()).toEqual({ status: 'unhealthy', reason: 'never_begun' });
});

test('a task that died is unhealthy at once, and healthy when it begins again', () => {
  const { watch, judge } = watched();
  watch.begun();
  watch.died(new Error('out of order'));
  expect(judge()).toEqual({ status: 'unhealthy', reason: 'died' });
  watch.begun();
  expect(judge()).toEqual({ status: 'healthy' });
});

test('runs that fail three times on end are degraded with the code, and healthy after one good run', () => {
  const { watch, judge } = watched();
  for (let run = 1; run <= 3; run += 1) {
    expect(judge()).toEqual({ status: 'healthy' });
    watch.begun();
    watch.failed(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
  }
  expect(judge()).toEqual({ status: 'degraded', reason: 'ECONNREFUSED' });
  watch.begun();
  watch.ended();
  expect(judge()).toEqual({ status: 'healthy' });
});
