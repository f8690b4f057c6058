import type { MaintenanceWindowView } from '@patchgate/contracts';

type BarLook = 'past' | 'open' | 'planned' | 'blackout' | 'holding' | 'off';

export interface Bar {
  opensAt: number;
  closesAt: number;
  look: BarLook;
}

export interface BoardRow {
  window: MaintenanceWindowView;
  bars: Bar[];
}

interface Section {
  from: number;
  to: number;
}

/** The windows with times in a span, the earliest first and blackouts last, as they are drawn. */
export function rowsOfSpan(
  windows: readonly MaintenanceWindowView[],
  { from, to }: Section,
  nowMs: number,
): BoardRow[] {
  const rows = windows
    .map((window) => ({ window, bars: barsOf(window, { from, to }, nowMs) }))
    .filter(({ bars }) => bars.length > 0);
  const rank = ({ window, bars }: BoardRow) => [window.kind === 'blackout' ? 1 : 0, bars[0]?.opensAt ?? 0];
  return rows.sort((a, b) => {
    const [[kindA = 0, atA = 0], [kindB = 0, atB = 0]] = [rank(a), rank(b)];
    return kindA - kindB || atA - atB || a.window.name.localeCompare(b.window.name);
  });
}

const barsOf = (window: MaintenanceWindowView, { from, to }: Section, nowMs: number): Bar[] =>
  (window.occurrences ?? [])
    .map(({ opens_at, closes_at }) => ({ opensAt: Date.parse(opens_at), closesAt: Date.parse(closes_at) }))
    .filter(({ opensAt, closesAt }) => closesAt > from && opensAt < to)
    .map((times) => ({ ...times, look: lookOf(window, times, nowMs) }));

function lookOf(
  { kind, enabled }: MaintenanceWindowView,
  { opensAt, closesAt }: Omit<Bar, 'look'>,
  nowMs: number,
): BarLook {
  if (!enabled) return 'off';
  const isNow = opensAt <= nowMs && nowMs < closesAt;
  if (kind === 'blackout') return isNow ? 'holding' : 'blackout';
  if (isNow) return 'open';
  return closesAt <= nowMs ? 'past' : 'planned';
}

/** Where an instant stands in a span, 0 to 100, cut off at both ends. */
export const percentOf = (at: number, { from, to }: Section): number =>
  Math.min(100, Math.max(0, (100 * (at - from)) / (to - from)));
