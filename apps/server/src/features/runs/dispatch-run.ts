import { AgentError, takesRuns } from '@patchgate/agent-client';
import type { ResolvedOrder } from './order-of-run.js';
import { postOrder } from './post-order.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { cancelAtAgent, isCancelPending } from './cancel-at-agent.js';
import { cancelledRun, sendFirstOrder } from './send-order.js';
import { asked, found, refusedOrder, unasked } from './step-answers.js';
import { windowClose } from './window-close.js';

/**
 * The first order of a run. Until it is stored that one is sent, whatever fails sends the run back to its gate, for the
 * agent was told nothing.
 */
export async function dispatchRun(
  run: DispatchedRun,
  order: ResolvedOrder,
  tools: StepTools,
): Promise<StepResult> {
  switch (order.kind) {
    case 'nothing_to_do':
      return nothingToDo(run, order.detail);
    case 'cannot_tell':
      return refusedOrder('agent_refused', order.detail, order.isRetryable);
    case 'upgrade':
      return upgrade(run, order, tools);
  }
}

async function upgrade(
  run: DispatchedRun,
  order: Extract<ResolvedOrder, { kind: 'upgrade' }>,
  tools: StepTools,
): Promise<StepResult> {
  if (windowClose(run, tools.clock.now()) === null) {
    return refusedOrder('agent_unreachable', 'the window closed before the order was sent');
  }
  const health = await asked(tools.session.health());
  if (health instanceof AgentError) return unasked(health);
  const isOwn = takesRuns(health) && health.agent_epoch !== null;
  if (isCancelPending(run)) return isOwn ? leaveTombstone(run, tools) : cancelled;
  return isOwn ? sendFirstOrder(run, order, health, tools) : postOrder(run, order, health, tools);
}

/** Nothing was sent, so nobody but us has to agree. */
const cancelled = found({ kind: 'agent_reported', report: cancelledRun, hasChecks: false });

async function leaveTombstone(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  const answer = await cancelAtAgent(run, tools);
  return answer.kind === 'goes_on'
    ? found({ kind: 'agent_silent', detail: 'the agent knows the run already' })
    : answer;
}

/** The host is as the job wants it; that its checks say so too is still to be seen. */
const nothingToDo = ({ hasChecks }: DispatchedRun, note: string): StepResult =>
  found(
    {
      kind: 'agent_reported',
      hasChecks,
      report: {
        ...{ state: 'succeeded', error: null, rebootNeeded: false, hasRebooted: false, rebootsItself: true },
        note,
      },
    },
    { facts: { progress: 100, phase: 'ended' } },
  );
