import { describe, expect, test } from 'vitest';

import { occurrences } from './occurrences.js';
import { inUtc, utc, windowRule } from './rules.fixture.js';
import type { Recurrence, WindowRule } from './window-rule.js';

function starts(given: Partial<WindowRule>, from: string, limit = 4): string[] {
  return occurrences(windowRule(given), { from: utc(from), limit }).map(({ localStart }) => localStart);
}

const monthly = (recurrence: Recurrence, startsAt = '2026-01-01T02:00') =>
  starts({ recurrence, startsAt }, '2026-01-01T00:00').map((start) => start.slice(0, 10));

describe('the occurrences of a rule', () => {
  test('are the nights from the first day on, whatever is asked for before it', () => {
    const asked = starts({ startsAt: '2026-03-28T02:00' }, '2020-01-01T00:00', 2);
    expect(asked).toEqual(['2026-03-28T02:00', '2026-03-29T02:00']);
  });

  test('begin with the one that is still open', () => {
    expect(starts({}, '2026-03-26T02:59', 1)).toEqual(['2026-03-26T02:00']);
    expect(starts({}, '2026-03-26T03:00', 1)).toEqual(['2026-03-27T02:00']);
  });

  test('are one for once, and none after it', () => {
    const once = { recurrence: { freq: 'once' }, startsAt: '2026-03-26T23:00' } as const;
    expect(starts(once, '2026-03-20T00:00')).toEqual(['2026-03-26T23:00']);
    expect(starts(once, '2026-03-26T23:59')).toEqual(['2026-03-26T23:00']);
    expect(starts(once, '2026-03-27T00:00')).toEqual([]);
  });

  test('are the named days of a week, across the end of a year too', () => {
    const recurrence: Recurrence = { freq: 'weekly', days: ['thu', 'mon'] };
    expect(starts({ recurrence, startsAt: '2026-12-29T22:00' }, '2026-12-01T00:00')).toEqual([
      '2026-12-31T22:00',
      '2027-01-04T22:00',
      '2027-01-07T22:00',
      '2027-01-11T22:00',
    ]);
  });

  test('leave out a month that lacks the day', () => {
    expect(monthly({ freq: 'monthly', on: 'day', day: 31 })).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
      '2026-07-31',
    ]);
    expect(monthly({ freq: 'monthly', on: 'day', day: 29 }, '2028-01-30T02:00').slice(0, 2)).toEqual([
      '2028-02-29',
      '2028-03-29',
    ]);
  });

  test('are the last day of each month', () => {
    expect(monthly({ freq: 'monthly', on: 'last_day' }).slice(0, 3)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ]);
  });

  test('are the second Tuesday or the last Friday of each month', () => {
    expect(monthly({ freq: 'monthly', on: 'weekday', nth: 2, weekday: 'tue' }, '2026-01-14T02:00')).toEqual([
      '2026-02-10',
      '2026-03-10',
      '2026-04-14',
      '2026-05-12',
    ]);
    expect(
      monthly({ freq: 'monthly', on: 'weekday', nth: 'last', weekday: 'fri' }, '2026-02-27T02:00'),
    ).toEqual(['2026-02-27', '2026-03-27', '2026-04-24', '2026-05-29']);
  });

  test('move on to the first instant after a gap, marked, and last as long as ever', () => {
    const london = { timeZone: 'Europe/London', startsAt: '2026-03-28T01:30', durationMinutes: 90 };
    const found = occurrences(windowRule(london), { from: utc('2026-03-28T12:00'), limit: 2 });
    expect(found).toEqual([
      {
        opensAt: utc('2026-03-29T01:00'),
        closesAt: utc('2026-03-29T02:30'),
        shift: 'gap',
        localStart: '2026-03-29T01:30',
      },
      {
        opensAt: utc('2026-03-30T00:30'),
        closesAt: utc('2026-03-30T02:00'),
        shift: 'none',
        localStart: '2026-03-30T01:30',
      },
    ]);
  });

  test('take the first of two times, once, and last through the second', () => {
    const berlin = { startsAt: '2026-10-24T02:30', durationMinutes: 120 };
    const found = occurrences(windowRule(berlin), { from: utc('2026-10-24T12:00'), limit: 2 });
    expect(found.map(({ shift, opensAt, closesAt }) => [shift, inUtc(opensAt), inUtc(closesAt)])).toEqual([
      ['overlap', '2026-10-25T00:30', '2026-10-25T02:30'],
      ['none', '2026-10-26T01:30', '2026-10-26T03:30'],
    ]);
  });

  test('survive a day that a place never had: Apia, 30 December 2011', () => {
    const apia = { timeZone: 'Pacific/Apia', startsAt: '2011-12-29T10:00' };
    const found = occurrences(windowRule(apia), { from: utc('2011-12-29T00:00'), limit: 3 });
    expect(found.map(({ shift, opensAt }) => [shift, inUtc(opensAt)])).toEqual([
      ['none', '2011-12-29T20:00'],
      ['gap', '2011-12-30T10:00'],
      ['none', '2011-12-30T20:00'],
    ]);
  });

  test('look back as long as an occurrence can last', () => {
    const freeze = { durationMinutes: 366 * 1440, recurrence: { freq: 'once' } } as const;
    expect(starts({ ...freeze, startsAt: '2026-01-01T00:00' }, '2027-01-01T22:00')).toHaveLength(1);
  });

  test('of a rule that cannot be read are none', () => {
    for (const broken of [
      { timeZone: 'Europe/Atlantis' },
      { startsAt: '2026-02-30T02:00' },
      { durationMinutes: 0 },
    ]) {
      expect(starts(broken, '2026-01-01T00:00')).toEqual([]);
    }
  });
});
