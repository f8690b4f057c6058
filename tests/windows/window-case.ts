import { localOfInstant, weekdays } from '@patchgate/domain';
import type { Recurrence, WindowRule } from '@patchgate/domain';
import fc from 'fast-check';

/** One question to the functions of windows: the first times of a rule that close after an instant. */
export interface WindowCase {
  readonly rule: WindowRule;
  readonly from: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const [first, last] = [Date.UTC(2000, 0, 1), Date.UTC(2040, 11, 31)];

export const allZones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** Near which instants a zone's clocks change, to a few weeks: that is where mistakes are. */
const changes = new Map<string, number[]>();
function changesOf(zone: string): number[] {
  const known = changes.get(zone);
  if (known) return known;
  const offset = (at: number) => Date.parse(`${localOfInstant(zone, at) ?? ''}Z`) - at;
  const found: number[] = [];
  for (let at = first; at < last; at += 20 * dayMs) {
    let [before, after] = [at, at + 20 * dayMs];
    const was = offset(before);
    if (was === offset(after)) continue;
    while (after - before > minuteMs) {
      const middle = Math.floor((before + after) / 2 / minuteMs) * minuteMs;
      if (offset(middle) === was) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  changes.set(zone, found);
  return found;
}

const weekday = fc.constantFrom(...weekdays);
const recurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.constant({ freq: 'once' as const }),
  { weight: 3, arbitrary: fc.constant({ freq: 'daily' as const }) },
  fc.record({ freq: fc.constant('weekly' as const), days: fc.subarray([...weekdays], { minLength: 1 }) }),
  fc.record({
    freq: fc.constant('monthly' as const),
    on: fc.constant('day' as const),
    day: fc.integer({ min: 1, max: 31 }),
  }),
  fc.constant({ freq: 'monthly' as const, on: 'last_day' as const }),
  fc.record({
    freq: fc.constant('monthly' as const),
    on: fc.constant('weekday' as const),
    nth: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const),
    weekday,
  }),
);

/** Half of them close to a change of their zone's clocks, where it has any. */
const changing = allZones.filter((zone) => changesOf(zone).length > 0);

const windowCase: fc.Arbitrary<WindowCase> = fc
  .record({
    zone: fc.oneof(fc.constantFrom(...allZones), fc.constantFrom(...changing)),
    at: fc.integer({ min: first / minuteMs, max: last / minuteMs }),
    change: fc.option(fc.nat({ max: 1_000_000 }), { freq: 2 }),
    aroundMinutes: fc.integer({ min: -100, max: 100 }),
    daysBefore: fc.integer({ min: 0, max: 3 }),
    durationMinutes: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 600, max: 20_000 })),
    recurrence,
  })
  .map(({ zone, at, change, aroundMinutes, daysBefore, durationMinutes, recurrence }) => {
    const near = changesOf(zone);
    const middle = (change === null ? undefined : near[change % near.length]) ?? at * minuteMs;
    const start = middle + aroundMinutes * minuteMs - daysBefore * dayMs;
    const rule: WindowRule = {
      id: '',
      kind: 'maintenance',
      timeZone: zone,
      startsAt: localOfInstant(zone, Math.max(start, first + dayMs)) ?? '',
      durationMinutes,
      recurrence,
      lastStartMinutes: 0,
      enabled: true,
    };
    return { rule, from: middle - dayMs };
  });

/** The same cases for the same seed. */
export const windowCases = (count: number, seed: number): WindowCase[] =>
  fc.sample(windowCase, { numRuns: count, seed });
