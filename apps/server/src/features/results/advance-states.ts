import { afterResult } from '@patchgate/domain';
import type { CheckState } from '@patchgate/domain';
import type { MeasuredResult } from './measured-result.js';
import type { Flip, StateRow } from './results.repository.js';

interface Advance {
  /** Those that a result counted for. */
  readonly states: StateRow[];
  readonly flips: Flip[];
}

/**
 * What the results make of the states, the earliest first. A result of an older revision says nothing of what the check
 * is now, and one that is not later than the last was overtaken.
 */
export function advanceStates(before: readonly StateRow[], results: readonly MeasuredResult[]): Advance {
  const states = new Map(before.map((state) => [state.check_id, state]));
  const changed = new Map<string, StateRow>();
  const flips: Flip[] = [];
  for (const result of results.toSorted((a, b) => a.checked_at.getTime() - b.checked_at.getTime())) {
    const state = changed.get(result.check_id) ?? states.get(result.check_id);
    if (!state || !counts(result, state)) continue;
    const next = withResult(state, result);
    changed.set(result.check_id, next);
    if (next.status === state.status) continue;
    const { check_id, reason, detail, checked_at } = result;
    flips.push({ check_id, at: checked_at, status: next.status, reason, detail });
  }
  return { states: [...changed.values()], flips };
}

const counts = (result: MeasuredResult, state: StateRow): boolean =>
  !result.suspect &&
  result.revision === state.revision &&
  (state.last_result_at === null || result.checked_at > state.last_result_at);

function withResult(state: StateRow, { healthy, suspect, ...result }: MeasuredResult): StateRow {
  const after = afterResult(stateOf(state), { healthy, at: result.checked_at, isSuspect: suspect });
  return {
    check_id: state.check_id,
    revision: state.revision,
    status: after.status,
    since: after.since,
    consecutive_failures: after.consecutiveFailures,
    consecutive_results: after.consecutiveResults,
    last_result_at: result.checked_at,
    last_latency_ms: result.latency_ms,
    last_reason: result.reason,
    last_detail: result.detail,
  };
}

export const stateOf = (row: StateRow): CheckState => ({
  status: row.status,
  since: row.since,
  consecutiveFailures: row.consecutive_failures,
  consecutiveResults: row.consecutive_results,
});
