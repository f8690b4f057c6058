import type { MaintenanceWindowView, OccurrenceView } from '@patchgate/contracts';

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
