import { expect, test } from 'vitest';
import { addDays, dayOf, hoursOf, mondayOf, weekOf } from './board-days.js';

const hours = (date: string) => hoursOf('Europe/Berlin', dayOf('Europe/Berlin', date));

test('a week begins on Monday, wherever the day is in it', () => {
  expect([mondayOf('2026-03-23'), mondayOf('2026-03-29')]).toEqual(['2026-03-23', '2026-03-23']);
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
});

test('the day on which the clocks change is shorter or longer by that', () => {
  expect(weekOf('Europe/Berlin', '2026-03-26').map(({ changeMinutes }) => changeMinutes)).toEqual([
    0, 0, 0, 0, 0, 0, 60,
  ]);
  const { from, to, changeMinutes } = dayOf('Europe/Berlin', '2026-10-25');
  expect([(to - from) / 3_600_000, changeMinutes]).toEqual([25, -60]);
});

test('the hours stand where the clocks show them', () => {
  expect(hours('2026-03-26').at(6)?.at).toBe(Date.UTC(2026, 2, 26, 11));
  // 02:00 does not exist on this day.
  expect(hours('2026-03-29').slice(1, 3)).toEqual([
    { at: Date.UTC(2026, 2, 29, 1), label: '03:00' },
    { at: Date.UTC(2026, 2, 29, 2), label: '04:00' },
  ]);
});

test('a day may begin in a gap', () => {
  const day = dayOf('Africa/Cairo', '2026-04-24');
  expect([day.from, day.changeMinutes]).toEqual([Date.UTC(2026, 3, 23, 22), 60]);
  expect(hoursOf('Africa/Cairo', day)[0]?.label).toBe('01:00');
});
