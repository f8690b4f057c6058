import { expect, it } from 'vitest';
import { phaseBarsOf } from './phase-bars.js';

it('lays the phases one after the other on the time they took together', () => {
  const bars = phaseBarsOf({ dns: 10, connect: 10, tls: 20, first_byte: 50, body: 10 });
  expect(bars.map(({ left, width }) => [left, width])).toEqual([
    [0, 10],
    [10, 10],
    [20, 20],
    [40, 50],
    [90, 10],
  ]);
});

it('tells a step that was not needed from one that was not reached', () => {
  const notes = (phases: Parameters<typeof phaseBarsOf>[0]) => phaseBarsOf(phases).map(({ note }) => note);
  expect(notes({ connect: 1, first_byte: 2, body: 1 })).toEqual([
    'not needed',
    null,
    'not needed',
    null,
    null,
  ]);
  expect(notes({ dns: 1, connect: 3 })).toEqual([null, null, 'not reached', 'not reached', 'not reached']);
  expect(notes({})).toEqual(Array(5).fill('not reached'));
});

it('divides nothing by nothing', () => {
  expect(phaseBarsOf({ connect: 0 })[1]).toMatchObject({ ms: 0, left: 0, width: 0 });
});
