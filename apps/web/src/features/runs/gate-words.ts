import type { RunDetailView, RunView } from '@patchgate/contracts';
import { isUndispatched } from '@patchgate/domain';
import { countOf } from '../../lib/counts.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import type { StateName } from '../../ui/states.js';
import { lowerFirst } from './run-words.js';

interface Headline {
  state: StateName;
  title: string;
}

type AtGate = Pick<RunView, 'status' | 'reason' | 'gate' | 'override' | 'dispatched_at'>;

/** The verdict of the gate, as one line. */
export function gateHeadline(run: AtGate): Headline {
  const { gate, status } = run;
  const last = gate.outcomes.at(-1);
  if (run.dispatched_at !== null) return openedWords(last, gate.attempts);
  if (!isUndispatched(status)) return endedWords(run);
  if (run.override !== null)
    return { state: 'overridden', title: 'Let through: the next attempt opens the gate' };
  if (last === undefined) {
    const why = run.reason === null ? '' : `: ${lowerFirst(reasonInShort(run.reason))}`;
    return { state: 'queued', title: `Not asked yet${why}` };
  }
  if (last === 'pass' || last === 'no_checks' || last === 'overridden') {
    const why = run.reason === null ? '' : `, and held: ${lowerFirst(reasonInShort(run.reason))}`;
    return { state: 'queued', title: last === 'pass' ? `Every check passes${why}` : `Nothing to ask${why}` };
  }
  return {
    state: last === 'error' ? 'couldNotAsk' : 'waiting',
    title: `Gate closed: ${shutBy(gate.checks)}`,
  };
}

function openedWords(last: RunView['gate']['outcomes'][number] | undefined, attempts: number): Headline {
  if (last === 'overridden') return { state: 'overridden', title: `Gate overridden at attempt ${attempts}` };
  if (last === 'no_checks') return { state: 'none', title: 'Gate open: the host has no checks' };
  return { state: 'pass', title: `Gate opened at attempt ${attempts}` };
}

function endedWords({ status, reason, gate }: AtGate): Headline {
  if (status === 'cancelled')
    return { state: 'skipped', title: `Skipped after ${countOf(gate.attempts, 'attempt')}` };
  if (gate.checks.some(({ verdict }) => verdict !== 'pass')) {
    return { state: 'failed', title: `Gate never opened: ${shutBy(gate.checks)}` };
  }
  const why = reason === null ? '' : `: ${lowerFirst(reasonInShort(reason))}`;
  return { state: 'failed', title: `The host never started${why}` };
}

/** What keeps the gate shut: `2 of 5 checks fail`, `1 of 3 checks could not be asked`, or both. */
export function shutBy(checks: RunView['gate']['checks']): string {
  const failing = checks.filter(({ verdict }) => verdict === 'fail').length;
  const unasked = checks.filter(({ verdict }) => verdict === 'error').length;
  const of = `of ${countOf(checks.length, 'check')}`;
  // An attempt that broke on our side has no evidence of any check.
  if (failing === 0 && unasked === 0) return 'the checks could not be asked';
  const fail = `${failing} ${of} ${failing === 1 ? 'fails' : 'fail'}`;
  if (unasked === 0) return fail;
  return failing === 0 ? `${unasked} ${of} could not be asked` : `${fail}, ${unasked} could not be asked`;
}

/** Why the gate cannot be asked or overridden any more; null while it can. */
export function tooLateWords(run: Pick<RunDetailView, 'status' | 'gate'>, nowMs: number): string | null {
  const { status, gate } = run;
  if (!isUndispatched(status)) {
    return status === 'dispatching' ||
      status === 'running' ||
      status === 'rebooting' ||
      status === 'verifying'
      ? 'Too late for the gate: the patch was ordered.'
      : 'Too late: the run has ended.';
  }
  const closes = gate.window_closes_at;
  return closes !== null && Date.parse(closes) <= nowMs ? 'Too late: the window has closed.' : null;
}

/** What the next attempt waits for, where none is planned. */
export function noNextWords({ reason, gate }: Pick<RunView, 'reason' | 'gate'>, nowMs: number): string {
  const opens = gate.window_opens_at;
  if (opens !== null && Date.parse(opens) > nowMs) return 'when the window opens';
  if (reason === 'job_paused') return 'when the job is resumed';
  if (reason === 'rights_lost') return 'when somebody takes the job over';
  return 'when its turn comes';
}
