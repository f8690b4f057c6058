import { AgentError } from '@patchgate/agent-client';
import { cancelAtAgent, isCancelPending } from './cancel-at-agent.js';
import { readRun } from './read-run.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { isOtherJournal, layTombstone, otherJournal } from './lay-tombstone.js';
import { sendAgain } from './send-order.js';
import { asked, found, outcomeLost, silent, withMore } from './step-answers.js';
import { windowClose } from './window-close.js';

/** What has become of a run, of the agent that takes runs and has or may have this one. */
export async function askAboutRun(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  if (!isCancelPending(run) || run.run.status === 'indeterminate') return ask(run, tools);
  const cancelled = await cancelAtAgent(run, tools);
  if (cancelled.kind !== 'goes_on') return cancelled;
  return withMore(await ask(run, tools), cancelled);
}

async function ask(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  const { session, clock, failPoints } = tools;
  failPoints.reach('before_question');
  const reading = await asked(session.findRun(run.id, run.agentLogSeq));
  failPoints.reach('after_question');
  if (reading instanceof AgentError) return silent(reading.message);
  if (reading) return readRun(run, reading, { session, now: clock.now() });
  return run.run.status === 'dispatching' ? sendAgain(run, tools) : withoutRun(run, tools);
}

/** It had or may have had the run, and does not know it. */
async function withoutRun(run: DispatchedRun, tools: StepTools): Promise<StepResult> {
  const { session, clock } = tools;
  const health = await asked(session.health());
  if (health instanceof AgentError) return silent(health.message);
  if (isOtherJournal(run, health.agent_epoch)) return outcomeLost(otherJournal);
  if (run.run.acceptedAt !== null) return outcomeLost('the agent does not know the run any more');
  if (windowClose(run, clock.now()) !== null) return silent('the agent has not had the order yet');
  const withoutWord = await layTombstone(run, tools);
  if (withoutWord) return withoutWord;
  const error = 'the agent never had the order: nothing was changed';
  const report = { error, rebootNeeded: null, hasRebooted: false, rebootsItself: true };
  return found({ kind: 'agent_reported', report: { ...report, state: 'failed' }, hasChecks: false });
}
