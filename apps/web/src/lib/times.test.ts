import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDuration,
  formatExact,
  formatHour,
  formatHours,
  formatLatency,
  formatRelative,
} from './times.js';

const now = Date.parse('2026-03-29T00:30:00.000Z');
const seconds = (count: number): string => new Date(now + count * 1000).toISOString();

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [59 * 60_000 + 59_999, '59 min'],
    [3 * 3_600_000, '3 h'],
    [3 * 3_600_000 + 12 * 60_000, '3 h 12 min'],
    [(3 * 24 + 2) * 3_600_000, '3 d 2 h'],
    [(30 * 24 + 5) * 3_600_000, '30 d'],
    [-90_000, '1 min'],
  ])('says %i ms as “%s”', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('formatRelative', () => {
  it('looks back', () => {
    expect(formatRelative(seconds(-12), now)).toBe('12 s ago');
  });

  it('looks ahead', () => {
    expect(formatRelative(seconds(4 * 60), now)).toBe('in 4 min');
  });

  it('calls five seconds either way now, because clocks differ', () => {
    expect(formatRelative(seconds(-4), now)).toBe('just now');
    expect(formatRelative(seconds(4), now)).toBe('just now');
    expect(formatRelative(seconds(-5), now)).toBe('5 s ago');
  });
});

describe('formatExact', () => {
  it('names the zone and follows its summer time', () => {
    expect(formatExact('2026-03-29T00:59:59.000Z', 'Europe/Berlin')).toBe('29 Mar 2026, 01:59:59 CET');
    expect(formatExact('2026-03-29T01:00:00.000Z', 'Europe/Berlin')).toBe('29 Mar 2026, 03:00:00 CEST');
  });

  it('says UTC for UTC', () => {
    expect(formatExact('2026-03-29T01:00:00.000Z', 'UTC')).toBe('29 Mar 2026, 01:00:00 UTC');
  });
});

describe('formatLatency', () => {
  it.each([
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [11, '11 ms'],
    [345.6, '346 ms'],
    [10_000, '10.0 s'],
  ])('says %d as %s', (ms, text) => {
    expect(formatLatency(ms)).toBe(text);
  });
});

it('gives the hour and the day in the zone of the viewer', () => {
  expect(formatHour(now, 'Europe/Berlin')).toBe('29 Mar, 01:30');
  expect(formatHours(now, now + 7_200_000, 'UTC')).toMatch(/^29 Mar, 00:30.+02:30$/);
  expect(formatHours(now - 7_200_000, now, 'UTC')).toMatch(/^28 Mar, 22:30.+29 Mar, 00:30$/);
  expect(formatDay(now, 'America/New_York')).toBe('28 Mar');
});
