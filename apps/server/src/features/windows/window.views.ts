import type {
  CurrentWindowView,
  HostWindowsView,
  MaintenanceWindowView,
  OccurrenceView,
  WindowActivityView,
} from '@patchgate/contracts';
import {
  blackoutAt,
  currentWindow,
  faultSentence,
  nextWindow,
  occurrences,
  openIntervals,
  windowFault,
} from '@patchgate/domain';
import type { CurrentWindow, Interval, Occurrence } from '@patchgate/domain';
import type { ActivityRow } from './window-activity.repository.js';
import { ruleOf } from './window.row.js';
import type { WindowRow } from './window.row.js';

/** No span that is asked for has more of one rule, unless its times lie one on the other. */
const mostInSpan = 100;
const shown = 10;

export interface Span {
  from: string;
  to: string;
}

const text = (at: number): string => new Date(at).toISOString();
const intervalView = ({ opensAt, closesAt }: Interval) => ({
  opens_at: text(opensAt),
  closes_at: text(closesAt),
});

export const occurrenceView = (each: Occurrence): OccurrenceView => ({
  ...intervalView(each),
  shift: each.shift,
  local_start: each.localStart,
});

export function windowView(row: WindowRow, now: Date, span: Span | null = null): MaintenanceWindowView {
  const rule = ruleOf(row);
  const nowMs = now.getTime();
  const coming = row.enabled ? occurrences(rule, { from: nowMs, limit: shown }) : [];
  const current = coming.find(({ opensAt }) => opensAt <= nowMs);
  const next = coming.find(({ opensAt }) => opensAt > nowMs);
  const fault = windowFault(rule);
  return {
    ...row,
    fault: fault && `${fault.field}: ${faultSentence(fault)}`,
    current: current ? occurrenceView(current) : null,
    next: next ? occurrenceView(next) : null,
    ...(span && {
      occurrences: occurrences(rule, { from: Date.parse(span.from), limit: mostInSpan })
        .filter(({ opensAt }) => opensAt < Date.parse(span.to))
        .map(occurrenceView),
    }),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export const activityView = ({ window_id, jobs, attempted_at }: ActivityRow): WindowActivityView => ({
  window_id,
  jobs,
  attempted_at: attempted_at.map((at) => at.toISOString()),
});

/** What all rules of a host make of now; the rules themselves only as far as they may be read. */
export function hostWindowsView(
  rows: readonly (WindowRow & { is_visible: boolean })[],
  now: Date,
): HostWindowsView {
  const rules = rows.map(ruleOf);
  const from = now.getTime();
  const visible = rows.filter(({ is_visible }) => is_visible);
  const [current, blackout, next] = [
    currentWindow(rules, from),
    blackoutAt(rules, from),
    nextWindow(rules, from),
  ];
  return {
    windows: visible.map((row) => windowView(row, now)),
    hidden: rows.length - visible.length,
    current: current && currentView(current),
    blackout: blackout && { until: blackout.closesAt === endOfTime ? null : text(blackout.closesAt) },
    next: next && intervalView(next),
    intervals: openIntervals(rules, { from, limit: shown }).map(intervalView),
  };
}

/** The close of a blackout that cannot be read. */
const endOfTime = 8.64e15;

function currentView(window: CurrentWindow): CurrentWindowView {
  const ends = intervalView(window);
  switch (window.kind) {
    case 'open':
      return { kind: 'open', ...ends, starts_until: text(window.startsUntil) };
    case 'blackout':
      return { kind: 'blackout', ...ends, until: text(window.until) };
    case 'no_more_starts': {
      const { startsAgainAt } = window;
      return {
        kind: 'no_more_starts',
        ...ends,
        starts_again_at: startsAgainAt === null ? null : text(startsAgainAt),
      };
    }
  }
}
