import { expect, test } from 'vitest';

import { SelfDoubt } from './self-doubt.js';

function results(count: number, failed: boolean, { hosts = count, atMs = 0 } = {}) {
  return Array.from({ length: count }, (_, index) => ({ hostId: `host ${index % hosts}`, failed, atMs }));
}

test.each([
  ['more than half of what was healthy fails', results(11, true), results(10, false), true],
  ['just half fails', results(10, true), results(10, false), false],
  ['too few were measured', results(19, true), [], false],
  ['too few hosts', results(20, true, { hosts: 9 }), [], false],
  ['just enough', results(20, true, { hosts: 10 }), [], true],
])('when %s', (_name, failed, healthy, expected) => {
  const doubt = new SelfDoubt();
  doubt.add(failed);
  doubt.add(healthy);
  expect(doubt.isInDoubt(0)).toBe(expected);
});

test('what is older than a minute no longer counts', () => {
  const doubt = new SelfDoubt();
  doubt.add(results(30, true));
  expect(doubt.isInDoubt(60_000)).toBe(true);
  expect(doubt.isInDoubt(60_001)).toBe(false);
});

test('it ends after two minutes, however long the outage is', () => {
  const doubt = new SelfDoubt();
  for (let atMs = 0; atMs <= 120_000; atMs += 10_000) {
    doubt.add(results(30, true, { atMs }));
    expect(doubt.isInDoubt(atMs)).toBe(true);
  }
  doubt.add(results(30, true, { atMs: 130_000 }));
  expect(doubt.isInDoubt(130_000)).toBe(false);
});

test('and begins anew after a recovery', () => {
  const doubt = new SelfDoubt();
  doubt.add(results(30, true));
  expect(doubt.isInDoubt(0)).toBe(true);
  doubt.add(results(40, false, { atMs: 1_000 }));
  expect(doubt.isInDoubt(1_000)).toBe(false);
  doubt.add(results(100, true, { atMs: 200_000 }));
  expect(doubt.isInDoubt(200_000)).toBe(true);
});
