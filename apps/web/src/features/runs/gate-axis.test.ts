import type { GateAttemptView } from '@patchgate/contracts';
import { describe, expect, test } from 'vitest';
import { attemptsLeft, axisMarks, axisTicks, retryMsOf } from './gate-axis.js';

const minute = 60_000;
const opensAt = Date.parse('2026-03-26T01:00:00.000Z');
const axis = { opensAt, closesAt: opensAt + 120 * minute };
const attempt = (number: number, minutes: number): GateAttemptView => ({
  attempt: number,
  started_at: new Date(opensAt + minutes * minute).toISOString(),
  ended_at: new Date(opensAt + minutes * minute + 400).toISOString(),
  ...{ outcome: 'fail', held_by: null, override: null, checks: [] },
});

describe('the axis of a window', () => {
  test('shows each attempt where it was made, in their order', () => {
    const { dots } = axisMarks(axis, [attempt(2, 15), attempt(1, 10)], null);
    expect(dots.map(({ place, attempts }) => [place * 120, attempts.map((one) => one.attempt)])).toEqual([
      [10, [1]],
      [15, [2]],
    ]);
  });

  test('has attempts that would cover each other share a dot', () => {
    const long = { opensAt, closesAt: opensAt + 24 * 60 * minute };
    const many = Array.from({ length: 48 }, (_, index) => attempt(index + 1, index * 5));
    const { dots } = axisMarks(long, many, null);
    expect(dots.length).toBeLessThan(6);
    expect(dots.reduce((sum, { attempts }) => sum + attempts.length, 0)).toBe(48);
    for (const [index, dot] of dots.entries())
      if (index > 0) expect(dot.place - (dots[index - 1]?.place ?? 0)).toBeGreaterThan(0.9 / 24);
  });

  test('shows the next attempt and what is left before the closing line', () => {
    const { next, later } = axisMarks(axis, [attempt(1, 100)], opensAt + 105 * minute);
    expect((next ?? 0) * 120).toBeCloseTo(105);
    expect(later.map((place) => Math.round(place * 120))).toEqual([110, 115]);
  });

  test('shows an attempt somebody asked for beside the last one', () => {
    const { dots, next } = axisMarks(axis, [attempt(1, 40)], opensAt + 40.2 * minute);
    expect((next ?? 0) - (dots[0]?.place ?? 0)).toBeCloseTo(1 / 24);
  });

  test('shows none where none is planned, or it would come after the close', () => {
    expect(axisMarks(axis, [attempt(1, 40)], null).later).toEqual([]);
    expect(axisMarks(axis, [attempt(1, 119)], opensAt + 124 * minute)).toMatchObject({
      next: null,
      later: [],
    });
  });
});

describe('the distance of attempts', () => {
  test('is five minutes until there is more to go by', () => {
    expect(retryMsOf([])).toBe(5 * minute);
    expect(retryMsOf([attempt(1, 0), attempt(2, 1)])).toBe(5 * minute);
  });

  test('is what was seen, whatever was asked for in between or kept by a pause', () => {
    const seen = [0, 2.05, 4.08, 4.5, 20, 22].map((minutes, index) => attempt(index + 1, minutes));
    expect(retryMsOf(seen)).toBe(2 * minute);
  });

  test('says how many more a window has room for', () => {
    expect(attemptsLeft(axis, opensAt + 105 * minute, 5 * minute)).toBe(3);
    expect(attemptsLeft(axis, opensAt + 120 * minute, 5 * minute)).toBe(0);
  });
});

describe('the names on the axis', () => {
  const clock = (at: number) => new Date(at).toISOString().slice(11, 16);

  test('are whole steps of a clock, clear of both ends', () => {
    expect(axisTicks(axis).map(clock)).toEqual(['01:30', '02:00', '02:30']);
  });

  test('are few however long the window is', () => {
    for (const hours of [0.25, 1, 8, 24, 240])
      expect(axisTicks({ opensAt, closesAt: opensAt + hours * 60 * minute }).length).toBeLessThanOrEqual(5);
  });
});
