import { AgentError, isAtWork } from '@patchgate/agent-client';
import type { AgentHealthReading, JobReading } from '@patchgate/agent-client';
import type { ResolvedOrder } from './order-of-run.js';
import { said, superseded } from './run-step.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { asked, found, outcomeLost, refusedOrder, silent, unasked } from './step-answers.js';
import { windowClose } from './window-close.js';

type Upgrade = Extract<ResolvedOrder, { kind: 'upgrade' }>;

/** How long the job of an order whose reply was lost may take to appear. */
const appearsMs = 30_000;

/**
 * The one order to an agent that does an order twice when it gets it twice. That it is meant to be sent is stored first,
 * with the jobs there were; whatever happens from then on, nothing is ever sent again.
 */
export async function postOrder(
  run: DispatchedRun,
  { packages, changes }: Upgrade,
  health: AgentHealthReading,
  tools: StepTools,
): Promise<StepResult> {
  const { session, clock, failPoints } = tools;
  const info = await asked(session.systemInfo());
  if (info instanceof AgentError) return unasked(info);
  const jobs = await asked(session.jobs());
  if (jobs instanceof AgentError) return unasked(jobs);
  const other = jobs.find(isAtWork);
  if (other) return refusedOrder('agent_busy', `another job is under way at the agent: ${other.operation}`);
  const intent = {
    ...{ at: clock.now(), orderedPackages: packages, packageChanges: changes, agentEpoch: null },
    ...{ agentUptimeSeconds: health.uptime_seconds, agentJobsBefore: jobs.map(markOf) },
    ...{ bootIdBefore: health.boot_id, pendingRebootBefore: info.pending_reboot },
  };
  failPoints.reach('before_intent');
  if (!(await tools.storeIntent(run, intent))) return superseded;
  failPoints.reach('after_intent');
  if (windowClose(run, clock.now()) === null) {
    return refusedOrder('agent_unreachable', 'the window closed before the order was sent');
  }
  failPoints.reach('before_send');
  // Never an empty list: some agents take it for everything.
  const body = { allow_reboot: false, reboot_delay_seconds: 0, ...(packages && { packages: [...packages] }) };
  const ack = await asked(session.applyPatches(body));
  failPoints.reach('after_send');
  return ack instanceof AgentError ? notAcknowledged(ack) : adopted(run, ack.job_id, clock.now());
}

function notAcknowledged(error: AgentError): StepResult {
  const { failure, message, isRetryable, status } = error;
  switch (failure) {
    case 'unreachable':
      return refusedOrder('agent_unreachable', message);
    case 'refused_us':
      return refusedOrder('agent_refused', message);
    case 'refused':
      return refusedOrder(isRetryable ? 'agent_busy' : 'agent_refused', message, isRetryable);
    case 'failed':
      return status === 503 ? refusedOrder('agent_busy', message) : silent(message);
    case 'lost':
    case 'bad_answer':
      return silent(message);
  }
}

/** The job that an order of before has become: one that was not there before it. */
export async function adoptJob(run: DispatchedRun, { session, clock }: StepTools): Promise<StepResult> {
  const jobs = await asked(session.jobs());
  if (jobs instanceof AgentError) return silent(jobs.message);
  const created = jobs.filter((job) => isCreatedSince(run, job));
  const [job, another] = created;
  if (job && another)
    return outcomeLost('several orders have reached the agent since ours: which is ours cannot be told');
  if (job) return adopted(run, job.job_id, clock.now());
  const askedForMs = clock.now().getTime() - (run.intentAt?.getTime() ?? 0);
  if (askedForMs < appearsMs) return silent('the agent has not shown a job of the order yet');
  return outcomeLost('the order was meant to be sent, and the agent has no job of it');
}

/** As text, for what is compared later is the agent's own word and its own clock. */
const markOf = ({ job_id, created_at }: JobReading): string => `${created_at ?? ''} ${job_id}`;

function isCreatedSince({ agentJobsBefore }: DispatchedRun, job: JobReading): boolean {
  if (job.operation !== 'patchapply' || agentJobsBefore.includes(markOf(job))) return false;
  // One that is older was beyond the end of the list then, and has come back into it.
  const newest =
    agentJobsBefore
      .map((mark) => mark.split(' ')[0] ?? '')
      .toSorted()
      .at(-1) ?? '';
  return (job.created_at ?? newest) >= newest;
}

const adopted = ({ hasChecks }: DispatchedRun, agentJobId: string, now: Date): StepResult =>
  found(
    {
      kind: 'agent_reported',
      hasChecks,
      report: { state: 'running', error: null, rebootNeeded: null, hasRebooted: false, rebootsItself: false },
    },
    { facts: { agentJobId }, lines: [said(now, `the order is job ${agentJobId} of the agent`)] },
  );
