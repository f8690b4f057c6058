import { describe, expect, test } from 'vitest';

import { blackoutAt } from './blackout-at.js';
import { currentWindow } from './current-window.js';
import { blackoutRule, inUtc, utc, windowRule } from './rules.fixture.js';
import type { WindowRule } from './window-rule.js';

/** Night of 26 March 2026, 22:00 to 06:00 in UTC. */
const night = windowRule({ timeZone: 'UTC', startsAt: '2026-03-01T22:00', durationMinutes: 480 });
const hold = (from: string, hours: number, given: Partial<WindowRule> = {}) =>
  blackoutRule({
    timeZone: 'UTC',
    startsAt: `2026-03-${from}`,
    durationMinutes: hours * 60,
    recurrence: { freq: 'once' },
    ...given,
  });

/** The instants in the words of a clock, so that a failure can be read. */
function at(now: string, ...rules: WindowRule[]): Record<string, string | null> | null {
  const window = currentWindow(rules, utc(`2026-03-${now}`));
  if (window === null) return null;
  return Object.fromEntries(
    Object.entries(window).map(([name, value]) => [
      name,
      typeof value === 'number' ? inUtc(value).slice(8) : value,
    ]),
  );
}

describe('the window of an instant', () => {
  test('is half open, and crosses midnight', () => {
    const open = { kind: 'open', opensAt: '26T22:00', closesAt: '27T06:00', startsUntil: '27T06:00' };
    expect(at('26T21:59', night)).toBeNull();
    expect(at('26T22:00', night)).toEqual(open);
    expect(at('27T05:59', night)).toEqual(open);
    expect(at('27T06:00', night)).toBeNull();
  });

  test('is none without rules, and none of disabled ones', () => {
    expect(at('26T23:00')).toBeNull();
    expect(at('26T23:00', { ...night, enabled: false })).toBeNull();
    expect(at('26T23:00', night, hold('26T22:30', 1, { enabled: false }))).toMatchObject({ kind: 'open' });
  });

  test('is one of windows that overlap or touch, with the true beginning and end', () => {
    const early = windowRule({ timeZone: 'UTC', startsAt: '2026-03-01T20:00', durationMinutes: 120 });
    const late = windowRule({ timeZone: 'UTC', startsAt: '2026-03-01T05:00', durationMinutes: 180 });
    expect(at('27T07:30', late, night, early)).toMatchObject({ opensAt: '26T20:00', closesAt: '27T08:00' });
    expect(at('26T20:00', late, night, early)).toMatchObject({ opensAt: '26T20:00', closesAt: '27T08:00' });
  });

  test('is held by a blackout in its middle, until that ends', () => {
    const held = { kind: 'blackout', opensAt: '26T22:00', closesAt: '27T06:00', until: '27T01:00' };
    expect(at('26T23:59', night, hold('27T00:00', 1))).toMatchObject({ kind: 'open', closesAt: '27T06:00' });
    expect(at('27T00:00', night, hold('27T00:00', 1))).toEqual(held);
    expect(at('27T00:59', night, hold('27T00:00', 1))).toEqual(held);
    expect(at('27T01:00', night, hold('27T00:00', 1))).toMatchObject({ kind: 'open', opensAt: '26T22:00' });
  });

  test('waits for two blackouts that touch as for one', () => {
    expect(at('27T00:30', night, hold('27T00:00', 1), hold('27T01:00', 1))).toMatchObject({
      until: '27T02:00',
    });
  });

  test('is held by a blackout over its beginning, which is no part of it', () => {
    const early = hold('26T20:00', 3);
    const rest = { opensAt: '26T23:00', closesAt: '27T06:00' };
    expect(at('26T22:30', night, early)).toEqual({ kind: 'blackout', until: '26T23:00', ...rest });
    expect(at('26T23:30', night, early)).toMatchObject({ kind: 'open', ...rest });
  });

  test('is closed by a blackout over all the rest', () => {
    const late = hold('27T04:00', 3);
    expect(at('27T03:59', night, late)).toMatchObject({ kind: 'open', closesAt: '27T04:00' });
    expect(at('27T04:00', night, late)).toBeNull();
    expect(at('26T23:00', night, hold('26T00:00', 48))).toBeNull();
    expect(at('27T04:00', night, hold('27T04:00', 2))).toBeNull();
  });

  test('allows no starts in the last minutes, except by another occurrence that does', () => {
    const careful = { ...night, lastStartMinutes: 60 };
    const ends = { opensAt: '26T22:00', closesAt: '27T06:00' };
    expect(at('27T04:59', careful)).toEqual({ kind: 'open', startsUntil: '27T05:00', ...ends });
    expect(at('27T05:00', careful)).toEqual({ kind: 'no_more_starts', startsAgainAt: null, ...ends });
    const other = windowRule({ timeZone: 'UTC', startsAt: '2026-03-01T04:00', durationMinutes: 90 });
    expect(at('27T05:15', careful, other)).toMatchObject({ kind: 'open', startsUntil: '27T05:30' });
  });

  test('allows starts again when the next of two windows back to back opens', () => {
    const first = windowRule({
      timeZone: 'UTC',
      startsAt: '2026-03-01T22:00',
      durationMinutes: 120,
      lastStartMinutes: 30,
    });
    const second = windowRule({ timeZone: 'UTC', startsAt: '2026-03-02T00:00', lastStartMinutes: 30 });
    const ends = { opensAt: '26T22:00', closesAt: '27T02:00' };
    expect(at('26T23:45', first, second)).toEqual({
      kind: 'no_more_starts',
      startsAgainAt: '27T00:00',
      ...ends,
    });
    expect(at('26T23:00', first, second)).toEqual({ kind: 'open', startsUntil: '27T01:30', ...ends });
    expect(at('27T00:00', first, second)).toEqual({ kind: 'open', startsUntil: '27T01:30', ...ends });
  });

  test('allows no start when a blackout leaves only the last minutes', () => {
    const careful = { ...night, lastStartMinutes: 60 };
    expect(at('27T05:30', careful, hold('26T20:00', 9))).toMatchObject({
      kind: 'no_more_starts',
      startsAgainAt: null,
    });
  });

  test('never comes of a maintenance window that cannot be read', () => {
    const broken = { ...night, timeZone: 'Europe/Atlantis' };
    expect(at('26T23:00', broken)).toBeNull();
    expect(at('26T23:00', broken, night)).toMatchObject({ kind: 'open' });
  });

  test('is none under a blackout that cannot be read: nobody knows when that ends', () => {
    const broken = hold('27T00:00', 1, { timeZone: 'Europe/Atlantis' });
    expect(at('26T23:00', night, broken)).toBeNull();
    expect(at('26T23:00', night, { ...broken, enabled: false })).toMatchObject({ kind: 'open' });
    expect(blackoutAt([broken], utc('2026-03-26T23:00'))).toEqual({ opensAt: -8.64e15, closesAt: 8.64e15 });
  });

  test('of a window without an end is seen for more than a year ahead and back', () => {
    const always = windowRule({ timeZone: 'UTC', startsAt: '2020-01-01T00:00', durationMinutes: 1440 });
    const now = utc('2026-03-26T23:00');
    const window = currentWindow([always], now);
    expect(window).toMatchObject({ kind: 'open' });
    expect(window?.closesAt).toBeGreaterThan(now + 365 * 86_400_000);
    expect(window?.opensAt).toBeLessThan(now - 365 * 86_400_000);
    const freeze = { ...always, kind: 'blackout' } as const;
    expect(currentWindow([always, freeze], now)).toBeNull();
  });
});

describe('the blackout of an instant', () => {
  test('is the merged one that covers it', () => {
    const rules = [night, hold('27T00:00', 1), hold('27T01:00', 1)];
    const expected = { opensAt: utc('2026-03-27T00:00'), closesAt: utc('2026-03-27T02:00') };
    expect(blackoutAt(rules, utc('2026-03-27T01:30'))).toEqual(expected);
    expect(blackoutAt(rules, utc('2026-03-27T02:00'))).toBeNull();
    expect(blackoutAt(rules, utc('2026-03-26T23:59'))).toBeNull();
  });
});
