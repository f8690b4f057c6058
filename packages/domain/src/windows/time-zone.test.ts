import { describe, expect, test } from 'vitest';

import { inUtc, utc } from './rules.fixture.js';
import { instantOfLocal, localOfInstant, timeZone } from './time-zone.js';

const instant = (zone: string, local: string) => {
  const at = instantOfLocal(zone, local);
  return at === null ? null : inUtc(at);
};

describe('a time zone', () => {
  test('knows the instant of a local time, in whatever order it is asked', () => {
    const asked = [
      '2040-07-01T12:00',
      '2001-01-01T12:00',
      '2026-07-01T12:00',
      '2026-01-01T12:00',
      '1980-01-01T12:00',
    ];
    expect(asked.map((local) => instant('Europe/Berlin', local))).toEqual([
      '2040-07-01T10:00',
      '2001-01-01T11:00',
      '2026-07-01T10:00',
      '2026-01-01T11:00',
      '1980-01-01T11:00',
    ]);
  });

  test('knows what its clocks show at an instant', () => {
    const show = (at: string) => localOfInstant('America/New_York', utc(at));
    expect(show('2026-03-08T06:59')).toBe('2026-03-08T01:59');
    expect(show('2026-03-08T07:00')).toBe('2026-03-08T03:00');
    expect(show('2026-11-01T05:30')).toBe('2026-11-01T01:30');
    expect(show('2026-11-01T06:30')).toBe('2026-11-01T01:30');
    expect(localOfInstant('UTC', utc('2026-03-08T06:59'))).toBe('2026-03-08T06:59');
  });

  test('is nothing when it is unknown', () => {
    expect(instantOfLocal('Mars/Base', '2026-01-01T00:00')).toBeNull();
    expect(instantOfLocal('UTC', '2026-02-30T00:00')).toBeNull();
    expect(localOfInstant('Mars/Base', 0)).toBeNull();
  });

  test('keeps no more names than it must', () => {
    const berlin = timeZone('Europe/Berlin');
    for (let number = 0; number < 2001; number += 1) expect(timeZone(`Nowhere/Place${number}`)).toBeNull();
    expect(timeZone('Europe/Berlin')).not.toBe(berlin);
  });
});
