import type { MaintenanceWindowView, WindowActivityView } from '@patchgate/contracts';

type BarLook = 'past' | 'open' | 'planned' | 'blackout' | 'holding' | 'off';

export interface Bar {
  opensAt: number;
  closesAt: number;
  look: BarLook;
  /** Of one that is open: the jobs in it, and when the gate was tried. */
  jobs: WindowActivityView['jobs'];
  attempts: readonly number[];
}

/** What happens in the windows that are open, by their ids. */
export type Activity = ReadonlyMap<string, WindowActivityView>;

const nothing: Activity = new Map();

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
  span: Section,
  nowMs: number,
  activity: Activity = nothing,
): BoardRow[] {
  const rows = windows
    .map((window) => ({ window, bars: barsOf(window, span, nowMs, activity) }))
    .filter(({ bars }) => bars.length > 0);
  const rank = ({ window, bars }: BoardRow) => [window.kind === 'blackout' ? 1 : 0, bars[0]?.opensAt ?? 0];
  return rows.sort((a, b) => {
    const [[kindA = 0, atA = 0], [kindB = 0, atB = 0]] = [rank(a), rank(b)];
    return kindA - kindB || atA - atB || a.window.name.localeCompare(b.window.name);
  });
}

const barsOf = (
  window: MaintenanceWindowView,
  { from, to }: Section,
  nowMs: number,
  activity: Activity,
): Bar[] =>
  (window.occurrences ?? [])
    .map(({ opens_at, closes_at }) => ({ opensAt: Date.parse(opens_at), closesAt: Date.parse(closes_at) }))
    .filter(({ opensAt, closesAt }) => closesAt > from && opensAt < to)
    .map((times) => barOf(window, times, nowMs, activity));

function barOf(window: MaintenanceWindowView, times: Times, nowMs: number, activity: Activity): Bar {
  const look = lookOf(window, times, nowMs);
  const { jobs = [], attempted_at = [] } = (look === 'open' ? activity.get(window.id) : undefined) ?? {};
  // The first five minutes may have begun before the window did.
  const attempts = attempted_at.map((at) => Math.max(Date.parse(at), times.opensAt));
  return { ...times, look, jobs, attempts };
}

type Times = Pick<Bar, 'opensAt' | 'closesAt'>;

function lookOf(
  { kind, enabled }: MaintenanceWindowView,
  { opensAt, closesAt }: Times,
  nowMs: number,
): BarLook {
  if (!enabled) return 'off';
  const isNow = opensAt <= nowMs && nowMs < closesAt;
  if (kind === 'blackout') return isNow ? 'holding' : 'blackout';
  if (isNow) return 'open';
  return closesAt <= nowMs ? 'past' : 'planned';
}

/** Words beside a bar take as much of the board. */
const roomPercent = 30;

/** The bar of a row that words stand beside: its only one, or the open one if nothing follows at once. */
export function barWithWords(bars: readonly Bar[], span: Section): Bar | null {
  const [only, ...others] = bars;
  if (only === undefined || others.length === 0) return only ?? null;
  const open = bars.find(({ look }) => look === 'open');
  if (open === undefined) return null;
  const closes = percentOf(open.closesAt, span);
  const next = bars.find(({ opensAt }) => opensAt > open.opensAt);
  const free = (next === undefined ? 100 : percentOf(next.opensAt, span)) - closes;
  return free >= roomPercent ? open : null;
}

/** The label of now is as long as these, and stands after its line, or before it at the end of a board. */
const labelOfNow = { longMs: 110 * 60_000, shortMs: 30 * 60_000 };
export const isLate = (nowMs: number, span: Section): boolean => percentOf(nowMs, span) > 90;

/** Whether the label of now would lie on that of an instant. */
export function isCovered(at: number, nowMs: number, span: Section): boolean {
  const { longMs, shortMs } = labelOfNow;
  const [before, after] = isLate(nowMs, span) ? [longMs, shortMs] : [shortMs, longMs];
  return at > nowMs - before && at < nowMs + after;
}

/** Where an instant stands in a span, 0 to 100, cut off at both ends. */
export const percentOf = (at: number, { from, to }: Section): number =>
  Math.min(100, Math.max(0, (100 * (at - from)) / (to - from)));
