import { AgentError } from '@patchgate/agent-client';
import type { AgentHealthReading } from '@patchgate/agent-client';
import type { AgentReport } from '@patchgate/domain';
import { hasRestarted } from './agent-report.js';
import { said, superseded } from './run-step.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { asked, found, silent } from './step-answers.js';
import { windowClose } from './window-close.js';

/**
 * The restart of a host whose agent does not do it by itself. It is ordered by us, not after the close of the window, and
 * counts as done when the machine proves it.
 */
export async function rebootRun(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  const { session, clock, failPoints } = tools;
  failPoints.reach('before_question');
  const health = await asked(session.health());
  failPoints.reach('after_question');
  if (health instanceof AgentError) return silent(health.message);
  if (run.rebootOrderedAt === null) return orderReboot(run, health, tools);
  const now = clock.now();
  const { agentUptimeSeconds: uptimeSeconds, bootIdBefore } = run;
  if (hasRestarted(health, { uptimeSeconds, bootIdBefore })) {
    return reported(run, { state: 'succeeded', hasRebooted: true }, { bootIdAfter: health.boot_id });
  }
  const isIgnored = now.getTime() - run.rebootOrderedAt.getTime() > ignoredAfterMs;
  const mayOrder = isIgnored && windowClose(run, now) !== null;
  return mayOrder ? orderReboot(run, health, tools) : reported(run, { state: 'rebooting' });
}

/** A machine that still answers then was never told: the order was lost, or who sent it died before. */
const ignoredAfterMs = 120_000;

async function orderReboot(
  run: DispatchedRun,
  health: AgentHealthReading,
  tools: StepTools,
): Promise<StepResult> {
  const { session, clock, failPoints } = tools;
  if (windowClose(run, clock.now()) === null) {
    return reported(run, { state: 'succeeded', isRebootOff: true, note: tooLate });
  }
  failPoints.reach('before_reboot_intent');
  const intent = { at: clock.now(), uptimeSeconds: health.uptime_seconds };
  if (!(await tools.storeRebootIntent(run, intent))) return superseded;
  failPoints.reach('before_reboot');
  const answer = await asked(session.reboot({ delay_seconds: 0, force: false }));
  failPoints.reach('after_reboot');
  if (!(answer instanceof AgentError) || answer.failure === 'lost' || answer.failure === 'bad_answer') {
    return reported(run, { state: 'rebooting' });
  }
  // It was not taken, so that it may be ordered once more; an order of before may have been, and is not forgotten.
  const lines = [said(clock.now(), `the host was not told to restart: ${answer.message}`)];
  return reported(run, { state: 'rebooting' }, { rebootOrderedAt: run.rebootOrderedAt }, lines);
}

const tooLate = 'the host still has to restart: the window closed before it could be told to';

const reported = (
  { hasChecks }: DispatchedRun,
  changes: Pick<AgentReport, 'state'> & Partial<AgentReport>,
  facts = {},
  lines: readonly ReturnType<typeof said>[] = [],
): StepResult =>
  found(
    {
      kind: 'agent_reported',
      hasChecks,
      report: { error: null, rebootNeeded: true, hasRebooted: false, rebootsItself: false, ...changes },
    },
    { facts, lines },
  );
