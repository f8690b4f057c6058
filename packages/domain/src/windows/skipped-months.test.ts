import { expect, test } from 'vitest';

import { skippedMonths } from './skipped-months.js';

test('the months without a 31st are named', () => {
  const recurrence = { freq: 'monthly', on: 'day', day: 31 } as const;
  expect(skippedMonths(recurrence, '2026-01-31T02:00', '2026-07-31T02:00')).toEqual([
    '2026-02',
    '2026-04',
    '2026-06',
  ]);
  expect(skippedMonths(recurrence, 'never', '2026-07-31T02:00')).toEqual([]);
});

test('no month lacks a last day', () => {
  expect(skippedMonths({ freq: 'monthly', on: 'last_day' }, '2026-01-31T02:00', '2026-07-31T02:00')).toEqual(
    [],
  );
});
