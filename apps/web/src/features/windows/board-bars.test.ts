import { maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { describe, expect, it } from 'vitest';
import { barWithWords, isCovered, rowsOfSpan } from './board-bars.js';

const at = (clock: string): number => Date.parse(`2026-03-26T${clock}Z`);
const night = { from: at('00:00'), to: at('12:00') };
const example = maintenanceWindowEndpoints.get.example.response as MaintenanceWindowView;
const window = (times: [string, string][]): MaintenanceWindowView => ({
  ...example,
  occurrences: times.map(([opens, closes]) => ({
    ...{ shift: 'none', local_start: `2026-03-26T${opens}` },
    ...{ opens_at: `2026-03-26T${opens}:00.000Z`, closes_at: `2026-03-26T${closes}:00.000Z` },
  })),
});
const activity = new Map([
  [
    example.id,
    {
      window_id: example.id,
      jobs: [{ id: example.id, number: 1284 }],
      attempted_at: ['2026-03-26T02:00:00.000Z', '2026-03-26T02:05:00.000Z'],
    },
  ],
]);

it('only the bar that is open has the jobs and the attempts of its window', () => {
  const windows = [
    window([
      ['00:30', '01:00'],
      ['02:03', '04:00'],
      ['06:00', '07:00'],
    ]),
  ];
  const [row] = rowsOfSpan(windows, night, at('02:47'), activity);
  expect(row?.bars.map(({ look, jobs, attempts }) => ({ look, jobs: jobs.length, attempts }))).toEqual([
    { look: 'past', jobs: 0, attempts: [] },
    // Five minutes that began before it are drawn from its beginning.
    { look: 'open', jobs: 1, attempts: [at('02:03'), at('02:05')] },
    { look: 'planned', jobs: 0, attempts: [] },
  ]);
});

it('a window of which nothing is known has its bars all the same', () => {
  const [row] = rowsOfSpan([window([['02:00', '04:00']])], night, at('02:47'));
  expect(row?.bars).toEqual([
    { opensAt: at('02:00'), closesAt: at('04:00'), look: 'open', jobs: [], attempts: [] },
  ]);
});

describe('words stand beside', () => {
  const chosen = (times: [string, string][]) => {
    const [row] = rowsOfSpan([window(times)], night, at('02:47'));
    return barWithWords(row?.bars ?? [], night)?.opensAt;
  };
  it('the only bar, whatever it is', () => expect(chosen([['06:00', '07:00']])).toBe(at('06:00')));
  it('the open one of several, where there is room', () =>
    expect(
      chosen([
        ['00:30', '01:00'],
        ['02:00', '04:00'],
        ['09:00', '10:00'],
      ]),
    ).toBe(at('02:00')));
  it('none where the next one follows at once', () =>
    expect(
      chosen([
        ['02:00', '04:00'],
        ['06:00', '07:00'],
      ]),
    ).toBeUndefined());
  it('none of several of which none is open', () =>
    expect(
      chosen([
        ['00:30', '01:00'],
        ['06:00', '07:00'],
      ]),
    ).toBeUndefined());
});

it('the label of now covers the hours under it, after its line and before it at the end', () => {
  const covered = (now: string) =>
    ['00:00', '02:00', '04:00', '08:00', '10:00'].filter((hour) => isCovered(at(hour), at(now), night));
  expect([covered('01:00'), covered('02:20'), covered('11:30')]).toEqual([
    ['02:00'],
    ['02:00', '04:00'],
    ['10:00'],
  ]);
});
