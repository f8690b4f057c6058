import type { MaintenanceWindowView } from '@patchgate/contracts';
import { stateOf } from '../../lib/window-state.js';

/** Broken rules before all, as nobody would look for them; then what is open, the first to close first; then what comes. */
const ranks = { fault: 0, open: 1, planned: 2 } as const;

interface Standing {
  window: MaintenanceWindowView;
  rank: number;
  /** When the next thing happens to it. */
  at: number;
}

/** The windows and blackouts that hold or come, those first that matter first. */
export function nextWindows(
  windows: readonly MaintenanceWindowView[],
  nowMs: number,
): MaintenanceWindowView[] {
  return windows
    .flatMap((window) => standingOf(window, nowMs) ?? [])
    .sort((a, b) => a.rank - b.rank || a.at - b.at || a.window.name.localeCompare(b.window.name))
    .map(({ window }) => window);
}

function standingOf(window: MaintenanceWindowView, nowMs: number): Standing | null {
  const state = stateOf(window, nowMs);
  switch (state.kind) {
    case 'disabled':
    case 'over':
      return null;
    case 'fault':
      return { window, rank: ranks.fault, at: 0 };
    case 'open':
      return { window, rank: ranks.open, at: Date.parse(state.occurrence.closes_at) };
    case 'planned':
      return { window, rank: ranks.planned, at: Date.parse(state.occurrence.opens_at) };
  }
}
