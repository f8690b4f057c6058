import type { PreviewHostView } from '@patchgate/contracts';

const hour = 3_600_000;
const day = 24 * hour;
/** Hours between two marks of the axis. */
const steps = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720] as const;
const mostMarks = 9;
const mostBars = 6;

export interface WindowBar {
  opensAtMs: number;
  closesAtMs: number;
  hosts: number;
  /** From the left edge, as parts of the whole. */
  from: number;
  width: number;
}

export interface WindowBoard {
  bars: WindowBar[];
  /** Windows beyond those drawn, and the hosts in them. */
  more: { windows: number; hosts: number };
  marks: { atMs: number; at: number }[];
}

/**
 * The windows of the hosts that can start, on one time axis; hosts with the same window are one bar.
 *
 * @param offsetMs of the viewer's zone from UTC, so that marks stand at full hours and midnights there
 */
export function windowBoard(
  items: readonly PreviewHostView[],
  nowMs: number,
  offsetMs: number,
): WindowBoard | null {
  const byWindow = new Map<string, { opensAtMs: number; closesAtMs: number; hosts: number }>();
  for (const { outcome, window } of items) {
    if (window === null || outcome === 'will_not_start') continue;
    const key = `${window.opens_at} ${window.closes_at}`;
    const bar = byWindow.get(key) ?? {
      opensAtMs: Date.parse(window.opens_at),
      closesAtMs: Date.parse(window.closes_at),
      hosts: 0,
    };
    byWindow.set(key, { ...bar, hosts: bar.hosts + 1 });
  }
  const all = [...byWindow.values()].sort((a, b) => a.opensAtMs - b.opensAtMs || a.closesAtMs - b.closesAtMs);
  const drawn = all.slice(0, mostBars);
  if (drawn.length === 0) return null;
  const rest = all.slice(mostBars);

  // What is over is no part of tonight: a window that is open already begins at the left edge.
  const first = Math.max(nowMs, Math.min(...drawn.map((bar) => bar.opensAtMs)));
  const last = Math.max(...drawn.map((bar) => bar.closesAtMs), first + hour);
  const stepMs = hour * (steps.find((hours) => (last - first) / (hours * hour) <= mostMarks - 2) ?? 720);
  const start = floorTo(first, stepMs, offsetMs);
  const end = ceilTo(last + stepMs / 4, stepMs, offsetMs);
  const at = (instant: number): number => (Math.max(instant, start) - start) / (end - start);
  return {
    bars: drawn.map((bar) => ({
      ...bar,
      from: at(bar.opensAtMs),
      width: at(bar.closesAtMs) - at(bar.opensAtMs),
    })),
    more: { windows: rest.length, hosts: rest.reduce((sum, { hosts }) => sum + hosts, 0) },
    marks: Array.from(
      { length: Math.round((end - start) / stepMs) },
      (_, index) => start + index * stepMs,
    ).map((atMs) => ({ atMs, at: at(atMs) })),
  };
}

// Days begin at the viewer's midnight, not at that of UTC.
const floorTo = (instant: number, stepMs: number, offsetMs: number): number =>
  Math.floor((instant + offsetMs) / Math.min(stepMs, day)) * Math.min(stepMs, day) - offsetMs;

const ceilTo = (instant: number, stepMs: number, offsetMs: number): number =>
  Math.ceil((instant + offsetMs) / Math.min(stepMs, day)) * Math.min(stepMs, day) - offsetMs;

/** How far a zone is from UTC at an instant, in milliseconds. */
export function zoneOffsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const),
  }).formatToParts(new Date(atMs));
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(atMs / 1000) * 1000;
}
