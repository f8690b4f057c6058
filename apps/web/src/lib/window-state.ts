import type { MaintenanceWindowView, OccurrenceView } from '@patchgate/contracts';
import { countOf } from './counts.js';

export type WindowState =
  | { kind: 'fault' | 'disabled' | 'over' }
  | { kind: 'open'; occurrence: OccurrenceView }
  | { kind: 'planned'; occurrence: OccurrenceView };

/** What a window is at an instant, by what the server told a while ago. */
export function stateOf(window: MaintenanceWindowView, nowMs: number): WindowState {
  if (window.fault !== null) return { kind: 'fault' };
  if (!window.enabled) return { kind: 'disabled' };
  const known = [window.current, window.next].filter((each) => each !== null);
  const open = known.find(
    ({ opens_at, closes_at }) => Date.parse(opens_at) <= nowMs && nowMs < Date.parse(closes_at),
  );
  if (open !== undefined) return { kind: 'open', occurrence: open };
  const planned = known.find(({ opens_at }) => Date.parse(opens_at) > nowMs);
  return planned === undefined ? { kind: 'over' } : { kind: 'planned', occurrence: planned };
}

/** Those of a kind that are open, or in force, at an instant. */
export const openAmong = (
  windows: readonly MaintenanceWindowView[],
  kind: MaintenanceWindowView['kind'],
  nowMs: number,
): MaintenanceWindowView[] =>
  windows.filter((window) => window.kind === kind && stateOf(window, nowMs).kind === 'open');

/** For whom it is: a host by its name, a group with how many it has. */
export const scopeWords = ({ host_id, scope_name, hosts }: MaintenanceWindowView): string =>
  host_id === null ? `${scope_name}, ${countOf(hosts, 'host')}` : scope_name;
