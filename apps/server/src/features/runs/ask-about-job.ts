import { AgentError } from '@patchgate/agent-client';
import type { JobDetailReading } from '@patchgate/agent-client';
import { eventOfJob } from './agent-report.js';
import { goesOn, isCancelPending } from './cancel-at-agent.js';
import { adoptJob } from './post-order.js';
import type { DispatchedRun, LogLine, StepResult, StepTools } from './run-step.js';
import { asked, found, outcomeLost, silent, withMore } from './step-answers.js';

/** What has become of an order to the public agent. */
export async function askAboutJob(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  const result = run.agentJobId === null ? await adoptJob(run, tools) : await ask(run, run.agentJobId, tools);
  if (!isCancelPending(run)) return result;
  return withMore(result, goesOn(tools.clock.now(), 'this agent cannot cancel what it was told to do'));
}

async function ask(run: DispatchedRun, jobId: string, tools: StepTools): Promise<StepResult> {
  const { session, clock, failPoints } = tools;
  failPoints.reach('before_question');
  const job = await asked(session.job(jobId));
  failPoints.reach('after_question');
  if (job instanceof AgentError) {
    return job.code === 'JOB_NOT_FOUND'
      ? outcomeLost('the agent does not know its job any more')
      : silent(job.message);
  }
  // What the system says now counts for a reboot: the job itself does not tell.
  const info = job.status === 'completed' ? await asked(session.systemInfo()) : null;
  if (info instanceof AgentError) return silent(info.message);
  return found(eventOfJob(job, info?.pending_reboot ?? null, run.hasChecks), {
    facts: {
      progress: percentOf(job),
      phase: phaseOf(job),
      agentLogSeq: Math.max(job.logs.length, run.agentLogSeq),
    },
    lines: newLines(run, job, clock.now()),
  });
}

const percentOf = ({ progress }: JobDetailReading): number => Math.min(progress ?? 0, 100);

function phaseOf({ status }: JobDetailReading): string {
  switch (status) {
    case 'pending':
    case 'unknown':
      return 'waiting';
    case 'running':
      return 'upgrading';
    case 'rebooting':
      return 'rebooting';
    case 'completed':
    case 'failed':
    case 'cancelled':
    case 'timed_out':
      return 'ended';
  }
}

const newLines = ({ agentLogSeq }: DispatchedRun, { logs }: JobDetailReading, at: Date): LogLine[] =>
  logs.slice(agentLogSeq).map((line) => ({ at, source: 'agent', line }));
