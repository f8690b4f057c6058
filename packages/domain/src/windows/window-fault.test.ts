import { describe, expect, test } from 'vitest';

import { blackoutRule, windowRule } from './rules.fixture.js';
import { faultSentence, windowFault, windowFaults } from './window-fault.js';
import type { WindowRule } from './window-rule.js';

const fields = (given: Partial<WindowRule>) => windowFaults(windowRule(given)).map(({ field }) => field);

describe('a schedule', () => {
  test('that can be read has no fault', () => {
    expect(windowFault(windowRule())).toBeNull();
    for (const timeZone of [
      'UTC',
      'Etc/GMT+5',
      'America/Argentina/Ushuaia',
      'Asia/Kolkata',
      'Asia/Calcutta',
    ]) {
      expect(fields({ timeZone })).toEqual([]);
    }
    expect(fields({ recurrence: { freq: 'monthly', on: 'day', day: 31 } })).toEqual([]);
    expect(fields({ recurrence: { freq: 'monthly', on: 'last_day' } })).toEqual([]);
    expect(fields({ recurrence: { freq: 'weekly', days: ['sun'] } })).toEqual([]);
  });

  test('names its field, what was given and what is expected', () => {
    expect(windowFault(windowRule({ timeZone: 'Mars/Base' }))).toEqual({
      field: 'timeZone',
      given: '"Mars/Base"',
      expected: 'the IANA name of a time zone, such as Europe/Berlin or UTC',
    });
    const fault = { field: 'durationMinutes', given: '0', expected: '1' } as const;
    expect(faultSentence(fault)).toBe('0 cannot be read: expected 1');
  });

  test('has a place, not an offset', () => {
    for (const timeZone of [
      '',
      '+02:00',
      'Europe/Berlin ',
      'Europe/Atlantis',
      '../etc/passwd',
      'local',
      'é',
    ]) {
      expect(fields({ timeZone })).toEqual(['timeZone']);
    }
  });

  test('starts on a day and at a time that exist', () => {
    for (const startsAt of [
      '',
      'now',
      '2026-02-29T02:00',
      '2026-04-31T02:00',
      '2026-13-01T02:00',
      '2026-01-01T24:00',
      '2026-01-01T02:60',
      '2026-01-01T02:00Z',
      '2026-01-01 02:00',
      '1999-12-31T02:00',
      '2200-01-01T02:00',
    ]) {
      expect(fields({ startsAt })).toEqual(['startsAt']);
    }
  });

  test('has an end after its start, and a last start between them', () => {
    expect(fields({ durationMinutes: 0 })).toEqual(['durationMinutes']);
    expect(fields({ durationMinutes: 1.5 })).toEqual(['durationMinutes']);
    expect(fields({ durationMinutes: 366 * 1440 + 1 })).toEqual(['durationMinutes']);
    expect(fields({ lastStartMinutes: 120 })).toEqual(['lastStartMinutes']);
    expect(fields({ lastStartMinutes: -1 })).toEqual(['lastStartMinutes']);
    expect(fields({ lastStartMinutes: 119 })).toEqual([]);
    const [fault] = windowFaults(blackoutRule({ lastStartMinutes: 5 }));
    expect(fault).toEqual({ field: 'lastStartMinutes', given: '5', expected: '0' });
  });

  test('comes round', () => {
    expect(fields({ recurrence: { freq: 'weekly', days: [] } })).toEqual(['recurrence.days']);
    expect(fields({ recurrence: { freq: 'monthly', on: 'day', day: 32 } })).toEqual(['recurrence.day']);
    expect(fields({ recurrence: { freq: 'monthly', on: 'day', day: 0 } })).toEqual(['recurrence.day']);
  });

  test('says everything that is wrong with it at once', () => {
    expect(fields({ timeZone: 'x', startsAt: 'x', durationMinutes: NaN })).toEqual([
      'timeZone',
      'startsAt',
      'durationMinutes',
    ]);
  });
});
