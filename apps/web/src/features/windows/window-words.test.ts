import { describe, expect, it } from 'vitest';
import { minuteWords, parseMinutes, recurrenceWords } from './window-words.js';

describe('a length', () => {
  it('is read as a person writes it', () => {
    const read = ['90', '90 min', '90m', '1 h 30 min', '1h30', '1.5 h', '2 hours', '3 d', '1 d 12 h', ' 2H '];
    expect(read.map(parseMinutes)).toEqual([90, 90, 90, 90, null, 90, 120, 4320, 2160, 120]);
  });

  it('is nothing when it is none', () => {
    for (const text of ['', ' ', 'h', 'soon', '-5', '1:30', '2 h 1 d', '5 weeks']) {
      expect(parseMinutes(text)).toBeNull();
    }
  });

  it('is written so that it is read again', () => {
    for (const minutes of [0, 1, 59, 60, 61, 1439, 1440, 1501, 527_040]) {
      expect(parseMinutes(minuteWords(minutes))).toBe(minutes);
    }
    expect([90, 1440, 0].map(minuteWords)).toEqual(['1 h 30 min', '1 d', '0 min']);
  });
});

describe('how a window recurs', () => {
  const words = (recurrence: Parameters<typeof recurrenceWords>[0]) =>
    recurrenceWords(recurrence, '2026-03-26T02:00');

  it('is said in words', () => {
    expect(words({ freq: 'once' })).toBe('Once, 26 Mar 2026');
    expect(words({ freq: 'daily' })).toBe('Every day');
    expect(words({ freq: 'weekly', days: ['sun'] })).toBe('Every Sunday');
    expect(words({ freq: 'weekly', days: ['mon', 'thu'] })).toBe('Mon, Thu');
    expect(words({ freq: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'] })).toBe('Monday to Friday');
    expect(words({ freq: 'monthly', on: 'day', day: 31 })).toBe('Day 31 of each month');
    expect(words({ freq: 'monthly', on: 'last_day' })).toBe('Last day of each month');
    expect(words({ freq: 'monthly', on: 'weekday', nth: 2, weekday: 'tue' })).toBe(
      'Second Tuesday of each month',
    );
  });
});
