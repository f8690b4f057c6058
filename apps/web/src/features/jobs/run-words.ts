import type { RunView } from '@patchgate/contracts';
import { isInFlight, isUndispatched } from '@patchgate/domain';
import { countOf } from '../../lib/counts.js';
import { reasonWithDetail } from '../../lib/run-reasons.js';
import { attemptStates } from '../../ui/run-states.js';
import { states } from '../../ui/states.js';

/** Why a run is where it is, in a line: the reason, else how far the work has come. */
export function whyOf(run: RunView): string {
  if (run.unreachable_since !== null) return 'The agent does not answer';
  // The state and the count of failing checks have said already what kind of trouble it is.
  const isSaid = run.reason === 'check_failed' || run.reason === 'check_error';
  if (isSaid && run.detail !== null && run.detail !== '') return run.detail;
  if (run.reason !== null) return reasonWithDetail(run.reason, run.detail);
  if (run.cancel_requested_at !== null && isInFlight(run.status)) return 'The agent is asked to stop';
  if (run.progress !== null && run.status === 'running') return `${run.progress} % done`;
  if (run.override !== null && isUndispatched(run.status)) return `Let through by ${run.override.by}`;
  if (run.verification === 'pre_existing') return 'A check failed before and after';
  return '';
}

/** `2 of 5` of the checks of the latest attempt do not pass; null before there is one, or once that is past. */
export function failingOf({ gate, status }: RunView): string | null {
  if (gate.checks.length === 0 || !isUndispatched(status)) return null;
  const failing = gate.checks.filter(({ verdict }) => verdict !== 'pass').length;
  return `${failing} of ${gate.checks.length}`;
}

/** `3 attempts: fail, could not ask, fail` */
export const attemptsWords = ({ gate: { attempts, outcomes } }: RunView): string =>
  `${countOf(attempts, 'attempt')}: ${outcomes.map((outcome) => states[attemptStates[outcome]].word.toLowerCase()).join(', ')}`;
