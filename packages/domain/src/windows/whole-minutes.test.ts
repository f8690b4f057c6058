import fc from 'fast-check';
import { expect, test } from 'vitest';

import { blackoutAt } from './blackout-at.js';
import { currentWindow } from './current-window.js';
import { nextWindow } from './next-window.js';
import { occurrences } from './occurrences.js';
import { weekdays } from './window-rule.js';
import type { Recurrence, WindowRule } from './window-rule.js';

const minute = 60_000;
const day = 1440;
/** Around two changes of the clocks, one each way; in minutes since the epoch. */
const now = { spring: Date.UTC(2026, 2, 29, 1) / minute, autumn: Date.UTC(2026, 9, 25, 1) / minute };
const span = 40 * day;

const recurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.constant({ freq: 'daily' as const }),
  fc.record({ freq: fc.constant('weekly' as const), days: fc.subarray([...weekdays], { minLength: 1 }) }),
  fc.record({
    freq: fc.constant('monthly' as const),
    on: fc.constant('day' as const),
    day: fc.integer({ min: 24, max: 31 }),
  }),
  fc.constant({ freq: 'monthly' as const, on: 'last_day' as const }),
  fc.constant({ freq: 'once' as const }),
);

const rule: fc.Arbitrary<WindowRule> = fc
  .record({
    id: fc.constant(''),
    kind: fc.constantFrom('maintenance' as const, 'maintenance' as const, 'blackout' as const),
    timeZone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago', 'UTC'),
    startsAt: fc
      .tuple(
        fc.constantFrom('2026-01-01', '2026-03-28', '2026-03-29', '2026-10-24'),
        fc.integer({ min: 0, max: 95 }),
      )
      .map(([date, quarter]) =>
        new Date(Date.parse(`${date}T00:00Z`) + quarter * 15 * minute).toISOString().slice(0, 16),
      ),
    durationMinutes: fc.integer({ min: 1, max: 40 }).map((quarters) => quarters * 15),
    recurrence,
    lastStartMinutes: fc.constantFrom(0, 0, 10),
    enabled: fc.constant(true),
  })
  .map((each) => (each.kind === 'blackout' ? { ...each, lastStartMinutes: 0 } : each));

/** Half of them have a long window and a shorter blackout each day: else nearly all instants are outside of any. */
const ruleList = fc
  .record({ rules: fc.array(rule, { minLength: 2, maxLength: 5 }), isDaily: fc.boolean(), length: rule })
  .map(({ rules, isDaily, length }): readonly WindowRule[] => {
    const [first, second] = rules;
    if (!isDaily || first === undefined || second === undefined) return rules.slice(1);
    const [daily, startsAt] = [{ freq: 'daily' as const }, '2026-01-01T12:00'];
    const durationMinutes = 660 + length.durationMinutes;
    return [
      { ...first, kind: 'maintenance', recurrence: daily, startsAt, durationMinutes, lastStartMinutes: 240 },
      { ...second, kind: 'blackout', recurrence: daily, startsAt: '2026-01-01T16:00', lastStartMinutes: 0 },
      ...rules.slice(2),
    ];
  });

/** For each minute of a span whether it is covered: what the functions say is held against plain looking. */
function minutesOf(rules: readonly WindowRule[], from: number, part: 'whole' | 'start'): Uint8Array {
  const covered = new Uint8Array(span);
  for (const each of rules) {
    const all = occurrences(each, { from: from * minute, limit: span / day + 3 });
    for (const { opensAt, closesAt } of all) {
      const until = closesAt / minute - (part === 'start' ? each.lastStartMinutes : 0);
      covered.fill(1, Math.max(0, opensAt / minute - from), Math.max(0, until - from));
    }
  }
  return covered;
}

function look(rules: readonly WindowRule[], at: number) {
  const from = at - span / 2;
  const maintenance = minutesOf(
    rules.filter(({ kind }) => kind === 'maintenance'),
    from,
    'whole',
  );
  const black = minutesOf(
    rules.filter(({ kind }) => kind === 'blackout'),
    from,
    'whole',
  );
  const starts = minutesOf(
    rules.filter(({ kind }) => kind === 'maintenance'),
    from,
    'start',
  );
  const index = span / 2;
  let [first, end] = [index, index];
  while (maintenance[first - 1] === 1) first -= 1;
  while (maintenance[end] === 1) end += 1;
  const isOpen = (each: number) => black[each] === 0;
  const isStart = (each: number) => starts[each] === 1 && black[each] === 0;
  const seen = (each: number) => (each + from) * minute;
  return { maintenance, black, first, end, index, isOpen, isStart, seen };
}

function lookForWindow(rules: readonly WindowRule[], at: number): unknown {
  const { black, first, end, index, isOpen, isStart, seen } = look(rules, at);
  const block = Array.from({ length: end - first }, (_, offset) => first + offset);
  const [opens, closes] = [block.find(isOpen), block.findLast(isOpen)];
  if (opens === undefined || closes === undefined || closes < index) return null;
  const ends = { opensAt: seen(opens), closesAt: seen(closes + 1) };
  if (black[index] === 1) {
    let until = index;
    while (black[until] === 1) until += 1;
    return { kind: 'blackout', until: seen(until), ...ends };
  }
  const last = block.findLast(isStart);
  if (isStart(index) && last !== undefined) return { kind: 'open', startsUntil: seen(last + 1), ...ends };
  const again = block.find((each) => each > index && isStart(each));
  return { kind: 'no_more_starts', startsAgainAt: again === undefined ? null : seen(again), ...ends };
}

const instants = fc
  .tuple(fc.constantFrom(now.spring, now.autumn), fc.integer({ min: -4 * day, max: 4 * day }))
  .map(([around, offset]) => around + offset);

test('the window of any minute is the one that is seen by looking at each minute', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(ruleList, instants, (rules, at) => {
      const { first, end } = look(rules, at);
      fc.pre(first > 0 && end < span);
      const found = currentWindow(rules, at * minute);
      kinds.add(found?.kind ?? 'none');
      expect(found).toEqual(lookForWindow(rules, at));
    }),
    { numRuns: 400 },
  );
  expect([...kinds].sort()).toEqual(['blackout', 'no_more_starts', 'none', 'open']);
});

test('the next window begins at the first minute at which something can be started after this one', () => {
  fc.assert(
    fc.property(ruleList, instants, (rules, at) => {
      const { maintenance, end, index, isOpen, isStart, seen } = look(rules, at);
      const start = Array.from({ length: span - end }, (_, offset) => end + offset).find(isStart);
      const found = nextWindow(rules, at * minute);
      if (start === undefined) {
        expect(found === null || found.opensAt >= seen(span)).toBe(true);
        return;
      }
      let close = start;
      for (let each = start; maintenance[each] === 1; each += 1) if (isOpen(each)) close = each + 1;
      fc.pre(close < span && (maintenance[index] === 0 || end > index));
      expect(found).toEqual({ opensAt: seen(start), closesAt: seen(close) });
    }),
    { numRuns: 300 },
  );
});

test('the blackout of any minute is the one that is seen', () => {
  fc.assert(
    fc.property(ruleList, instants, (rules, at) => {
      const { black, index, seen } = look(rules, at);
      let [first, end] = [index, index];
      while (black[first - 1] === 1) first -= 1;
      while (black[end] === 1) end += 1;
      fc.pre(first > 0 && end < span);
      const expected = black[index] === 1 ? { opensAt: seen(first), closesAt: seen(end) } : null;
      expect(blackoutAt(rules, at * minute)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
