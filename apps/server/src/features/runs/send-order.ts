import { AgentError } from '@patchgate/agent-client';
import type { AgentHealthReading, OrderOutcome } from '@patchgate/agent-client';
import type { AgentReport } from '@patchgate/domain';
import { isOtherJournal, layTombstone, otherJournal } from './lay-tombstone.js';
import { orderFor } from './order-of-run.js';
import type { ResolvedOrder } from './order-of-run.js';
import { readRun } from './read-run.js';
import { superseded } from './run-step.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { asked, found, outcomeLost, refusedOrder, silent, unasked } from './step-answers.js';
import { windowClose } from './window-close.js';

type Upgrade = Extract<ResolvedOrder, { kind: 'upgrade' }>;

/** The first order to an agent that takes runs: what it is and to whom is stored before it goes out. */
export async function sendFirstOrder(
  run: DispatchedRun,
  { packages, changes }: Upgrade,
  health: AgentHealthReading,
  tools: StepTools,
): Promise<StepResult> {
  const { session, clock, failPoints } = tools;
  const info = await asked(session.systemInfo());
  if (info instanceof AgentError) return unasked(info);
  const intent = {
    ...{ at: clock.now(), orderedPackages: packages, packageChanges: changes, agentJobsBefore: [] },
    ...{ agentEpoch: health.agent_epoch, agentUptimeSeconds: health.uptime_seconds },
    ...{ bootIdBefore: health.boot_id, pendingRebootBefore: info.pending_reboot },
  };
  failPoints.reach('before_intent');
  if (!(await tools.storeIntent(run, intent))) return superseded;
  failPoints.reach('after_intent');
  const outcome = await send({ ...run, ...intent }, tools);
  if (outcome === null)
    return refusedOrder('agent_unreachable', 'the window closed before the order was sent');
  if (outcome.kind !== 'taken') return afterFirst(outcome);
  return readRun(run, outcome.run, { session, now: clock.now() });
}

/** What was not taken by its very first order is known not to be there: another time may do. */
function afterFirst(outcome: Exclude<OrderOutcome, { kind: 'taken' }>): StepResult {
  const { kind, detail } = outcome;
  switch (kind) {
    case 'busy':
      return refusedOrder('agent_busy', detail);
    case 'unreachable':
    case 'other_journal':
      return refusedOrder('agent_unreachable', detail);
    case 'refused_us':
    case 'too_late':
      return refusedOrder('agent_refused', detail);
    case 'refused':
      return refusedOrder('agent_refused', detail, false);
    case 'cancelled':
    case 'conflict':
    case 'superseded':
    case 'unknown':
      return afterAny(kind, detail);
  }
}

/**
 * An order that may have reached the agent already. It is asked first; where it has no such run and its journal is the
 * one of the order, the same order again is safe as long as it may start at all.
 */
export async function sendAgain(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  const { session, clock } = tools;
  const health = await asked(session.health());
  if (health instanceof AgentError) return silent(health.message);
  // Asked after the run was not found: a journal that was lost before that is seen here, and epochs never come back.
  if (isOtherJournal(run, health.agent_epoch)) return outcomeLost(otherJournal);
  const outcome = await send(run, tools);
  if (outcome === null) {
    const withoutWord = await layTombstone(run, tools);
    return (
      withoutWord ??
      refusedOrder('agent_unreachable', 'the window closed before the agent had taken the order')
    );
  }
  const { kind } = outcome;
  switch (kind) {
    case 'taken':
      return readRun(run, outcome.run, { session, now: clock.now() });
    case 'refused':
      // One of before may be taken yet.
      return (await layTombstone(run, tools)) ?? refusedOrder('agent_refused', outcome.detail, false);
    case 'too_late':
      return (await layTombstone(run, tools)) ?? refusedOrder('agent_refused', outcome.detail);
    case 'other_journal':
      return outcomeLost(otherJournal);
    case 'busy':
    case 'unreachable':
    case 'refused_us':
      // An order of before may still be on its way: the run stays where it is until the window has closed on both.
      return silent(outcome.detail);
    case 'cancelled':
    case 'conflict':
    case 'superseded':
    case 'unknown':
      return afterAny(kind, outcome.detail);
  }
}

function afterAny(
  kind: Extract<OrderOutcome['kind'], 'cancelled' | 'conflict' | 'superseded' | 'unknown'>,
  detail: string,
): StepResult {
  switch (kind) {
    case 'cancelled':
      return found({ kind: 'agent_reported', report: cancelledRun, hasChecks: false });
    case 'superseded':
      return superseded;
    case 'conflict':
    case 'unknown':
      return silent(detail);
  }
}

export const cancelledRun: AgentReport = {
  ...{ state: 'cancelled', error: null, rebootNeeded: null, hasRebooted: false, rebootsItself: true },
};

/** @returns null when it is too late to send anything */
async function send(
  run: DispatchedRun,
  { session, clock, failPoints }: StepTools,
): Promise<OrderOutcome | null> {
  const windowClosesAt = windowClose(run, clock.now());
  if (windowClosesAt === null) return null;
  const { id, fence, agentEpoch, orderedPackages: packages, policy } = run;
  const order = orderFor({
    ...{ packages, allowReboot: policy.allowReboot, fence: Number(fence), agentEpoch },
    ...{ windowClosesAt, now: clock.now() },
  });
  failPoints.reach('before_send');
  const outcome = await session.orderRun(id, order);
  failPoints.reach('after_send');
  return outcome;
}
