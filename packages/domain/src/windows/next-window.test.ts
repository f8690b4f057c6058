import { describe, expect, test } from 'vitest';

import { nextWindow, openIntervals } from './next-window.js';
import { blackoutRule, inUtc, utc, windowRule } from './rules.fixture.js';
import type { Interval, WindowRule } from './window-rule.js';

const night = windowRule({ timeZone: 'UTC', startsAt: '2026-03-01T22:00', durationMinutes: 480 });
const always = windowRule({ timeZone: 'UTC', startsAt: '2026-03-01T00:00', durationMinutes: 1440 });
const hold = (from: string, hours: number) =>
  blackoutRule({
    timeZone: 'UTC',
    startsAt: `2026-03-${from}`,
    durationMinutes: hours * 60,
    recurrence: { freq: 'once' },
  });
const unreadable = blackoutRule({ timeZone: 'Europe/Atlantis' });

const clock = ({ opensAt, closesAt }: Interval) =>
  `${inUtc(opensAt).slice(8)} to ${inUtc(closesAt).slice(8)}`;

function after(now: string, ...rules: WindowRule[]): string | null {
  const window = nextWindow(rules, utc(`2026-03-${now}`));
  return window === null ? null : clock(window);
}

function open(now: string, ...rules: WindowRule[]): string[] {
  return openIntervals(rules, { from: utc(`2026-03-${now}`), limit: 3 }).map(clock);
}

describe('the next window', () => {
  test('is tonight before it opens, and tomorrow while it is open', () => {
    expect(after('26T21:59', night)).toBe('26T22:00 to 27T06:00');
    expect(after('26T22:00', night)).toBe('27T22:00 to 28T06:00');
  });

  test('is none without rules or after the only one', () => {
    expect(after('26T12:00')).toBeNull();
    expect(after('27T12:00', { ...night, recurrence: { freq: 'once' } })).toBeNull();
  });

  test('begins where blackouts leave a start, and ends where they leave an end', () => {
    expect(after('26T12:00', night, hold('26T21:00', 2), hold('27T05:00', 2))).toBe('26T23:00 to 27T05:00');
  });

  test('is a later one when blackouts leave no start', () => {
    const careful = { ...night, lastStartMinutes: 60 };
    expect(after('26T12:00', careful, hold('26T20:00', 9))).toBe('27T22:00 to 28T06:00');
    expect(after('26T12:00', night, hold('26T20:00', 40))).toBe('28T22:00 to 29T06:00');
  });

  test('is not the one that a blackout holds now', () => {
    expect(after('26T22:30', night, hold('26T22:00', 1))).toBe('27T22:00 to 28T06:00');
  });

  test('is never when blackouts swallow each one', () => {
    const swallowing = blackoutRule({ timeZone: 'UTC', startsAt: '2026-03-01T21:00', durationMinutes: 600 });
    expect(after('26T12:00', night, swallowing)).toBeNull();
  });

  test('is not looked for in more than ten years of windows', () => {
    const monthly = {
      ...night,
      durationMinutes: 60,
      recurrence: { freq: 'monthly', on: 'last_day' },
    } as const;
    const swallowing = blackoutRule({ timeZone: 'UTC', durationMinutes: 1440 });
    const late = windowRule({ startsAt: '2041-06-01T02:00', recurrence: { freq: 'once' } });
    expect(
      after('26T12:00', monthly, swallowing, { ...swallowing, startsAt: '2026-03-01T14:00' }, late),
    ).toBeNull();
  });

  test('is none while one without an end is open, and that one before it opens', () => {
    expect(after('26T12:00', always)).toBeNull();
    expect(nextWindow([always], utc('2026-02-01T00:00'))?.opensAt).toBe(utc('2026-03-01T00:00'));
    expect(nextWindow([always, { ...always, kind: 'blackout' }], utc('2026-02-01T00:00'))).toBeNull();
  });

  test('is none under a blackout that cannot be read', () => {
    expect(after('26T12:00', night, unreadable)).toBeNull();
    expect(open('26T12:00', night, unreadable)).toEqual([]);
  });

  test('may be years away', () => {
    const once = windowRule({ startsAt: '2041-06-01T02:00', recurrence: { freq: 'once' } });
    expect(nextWindow([once], utc('2026-03-26T00:00'))?.opensAt).toBe(utc('2041-06-01T00:00'));
  });
});

describe('the times at which windows are really open', () => {
  test('are what blackouts leave, each piece by itself', () => {
    expect(open('26T12:00', night, hold('27T00:00', 1))).toEqual([
      '26T22:00 to 27T00:00',
      '27T01:00 to 27T06:00',
      '27T22:00 to 28T06:00',
    ]);
  });

  test('begin with what is open now and leave out what is over', () => {
    expect(open('27T00:30', night, hold('27T00:00', 1))[0]).toBe('27T01:00 to 27T06:00');
    expect(open('27T02:30', night)[0]).toBe('26T22:00 to 27T06:00');
  });

  test('are one without an end, and as few as there are', () => {
    expect(open('26T12:00', always)).toHaveLength(1);
    expect(open('27T12:00', { ...night, recurrence: { freq: 'once' } })).toEqual([]);
  });
});
