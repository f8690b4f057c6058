import { AgentError } from '@patchgate/agent-client';
import { said, superseded } from './run-step.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { isOtherJournal, otherJournal } from './lay-tombstone.js';
import { cancelledRun } from './send-order.js';
import { asked, found, outcomeLost, silent, withMore } from './step-answers.js';

/** Whether somebody wants it cancelled and the agent has not said whether it can. */
export const isCancelPending = ({ cancelRequestedAt, cancelAnsweredAt }: DispatchedRun): boolean =>
  cancelRequestedAt !== null && cancelAnsweredAt === null;

/** How it goes on when the agent could not cancel. */
interface GoesOn {
  readonly kind: 'goes_on';
  readonly facts: { readonly cancelAnsweredAt: Date };
  readonly lines: readonly ReturnType<typeof said>[];
}

/**
 * Asks an agent that takes runs; its answer decides. Of a run that it does not know it keeps the tombstone, so that an
 * order that is still on its way finds the run cancelled.
 */
export async function cancelAtAgent(run: DispatchedRun, tools: StepTools): Promise<StepResult | GoesOn> {
  const { session, clock, failPoints } = tools;
  failPoints.reach('before_cancel');
  const answer = await asked(session.cancelRun(run.id, Number(run.fence)));
  failPoints.reach('after_cancel');
  const cancelAnsweredAt = clock.now();
  if (!(answer instanceof AgentError)) {
    if (isOtherJournal(run, answer.agent_epoch)) {
      return withMore(outcomeLost(otherJournal), { facts: { cancelAnsweredAt } });
    }
    const lines = [said(cancelAnsweredAt, 'the agent has cancelled the run: nothing was changed')];
    const report = { ...cancelledRun };
    return found(
      { kind: 'agent_reported', report, hasChecks: false },
      { facts: { cancelAnsweredAt }, lines },
    );
  }
  if (answer.status === 412) return superseded;
  if (answer.code !== 'TOO_LATE_TO_CANCEL') return silent(answer.message);
  return goesOn(cancelAnsweredAt, 'too late to cancel: the packages are being changed');
}

export const goesOn = (at: Date, line: string): GoesOn => ({
  kind: 'goes_on',
  facts: { cancelAnsweredAt: at },
  lines: [said(at, line)],
});
