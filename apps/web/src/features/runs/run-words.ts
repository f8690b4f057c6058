import type { RunDetailView, RunView } from '@patchgate/contracts';
import { cameTo } from '../../lib/run-outcome.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import { runStates } from '../../ui/run-states.js';
import { states } from '../../ui/states.js';
import type { StateName } from '../../ui/states.js';

export const runState = (run: Pick<RunView, 'status' | 'resolution'>): StateName => runStates[cameTo(run)];

/** The state of a run with its reason where that says more: `Failed: Health did not return`. */
export function runTitle(run: Pick<RunView, 'status' | 'resolution' | 'reason' | 'verification'>): string {
  const { word } = states[runState(run)];
  if (run.resolution !== null) return `${word}, as somebody said`;
  if (run.status === 'failed' && run.reason !== null)
    return `${word}: ${lowerFirst(reasonInShort(run.reason))}`;
  if (run.status === 'queued' && run.reason !== null)
    return `${word}: ${lowerFirst(reasonInShort(run.reason))}`;
  if (run.status === 'succeeded' && run.verification === 'none') return `${word}, not verified`;
  return word;
}

/** For the middle of a sentence. */
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** How many of the checks that passed before the patch do not pass after it, of how many there are. */
export function regressedOf({ checks }: Pick<RunDetailView, 'checks'>): { count: number; of: number } {
  const count = checks.filter(
    ({ before, after }) => before?.verdict === 'pass' && after !== null && after.verdict !== 'pass',
  ).length;
  return { count, of: checks.length };
}
