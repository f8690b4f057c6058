import { describe, expect, test } from 'vitest';

import { nextDueMs, phases, phasesDue } from './poll-schedule.js';

const intervalMs = 300_000;
const somePhases = [0, 1, 333_333, 500_000, 999_999];
const someTimes = [0, 1, 299_999, 300_000, 1_774_486_032_123];

describe('the next due time', () => {
  test('is later by at most an interval, and always at the same place in it', () => {
    for (const phase of somePhases) {
      const places = someTimes.map((time) => {
        const due = nextDueMs(phase, intervalMs, time);
        expect(due).toBeGreaterThan(time);
        expect(due - time).toBeLessThanOrEqual(intervalMs);
        return due % intervalMs;
      });
      expect(new Set(places).size).toBe(1);
    }
  });

  test('drops what was missed', () => {
    expect(nextDueMs(0, intervalMs, 300_000)).toBe(600_000);
    expect(nextDueMs(0, intervalMs, 1_000_000)).toBe(1_200_000);
  });
});

describe('the phases due', () => {
  test('hold exactly those whose time came within the span', () => {
    for (const nowMs of [1_774_486_032_123, 1_774_486_200_000, 1_774_486_201_500]) {
      const ranges = phasesDue(nowMs, 5_000, intervalMs);
      for (let phase = 0; phase < phases; phase += 997) {
        const sinceDue = intervalMs - (nextDueMs(phase, intervalMs, nowMs) - nowMs);
        const isIn = ranges.some(({ from, to }) => phase >= from && phase <= to);
        // A phase is a little wider than a millisecond, so the very edge may fall on either side.
        if (sinceDue < 4_998) expect(isIn).toBe(true);
        if (sinceDue > 5_002) expect(isIn).toBe(false);
      }
    }
  });

  test('are two ranges when the span passes the end of an interval, and all when it is as long as one', () => {
    expect(phasesDue(1_774_486_201_000, 5_000, intervalMs)).toHaveLength(2);
    expect(phasesDue(5, intervalMs, intervalMs)).toEqual([{ from: 0, to: phases - 1 }]);
  });
});
