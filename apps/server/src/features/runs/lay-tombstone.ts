import { AgentError } from '@patchgate/agent-client';
import { superseded } from './run-step.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { asked, outcomeLost, silent } from './step-answers.js';

export const otherJournal =
  'the agent has lost its journal of runs: whether the packages were changed cannot be found out';

/**
 * Whether an agent speaks from another journal than the one that the order went to. What it does not find there, or
 * cancels there, may have been done all the same.
 */
export const isOtherJournal = ({ agentEpoch }: DispatchedRun, epoch: string | null): boolean =>
  agentEpoch !== null && epoch !== agentEpoch;

/**
 * Leaves word at the agent that a run is not to begin: an order of before that is still on its way finds it, so that what
 * is said of the run from now on stays true.
 *
 * @returns null when that stands
 */
export async function layTombstone(
  run: DispatchedRun,
  { session, failPoints }: StepTools,
): Promise<StepResult | null> {
  failPoints.reach('before_cancel');
  const answer = await asked(session.cancelRun(run.id, Number(run.fence)));
  failPoints.reach('after_cancel');
  if (answer instanceof AgentError) return answer.status === 412 ? superseded : silent(answer.message);
  return isOtherJournal(run, answer.agent_epoch) ? outcomeLost(otherJournal) : null;
}
