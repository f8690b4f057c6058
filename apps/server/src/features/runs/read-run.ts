import { AgentError } from '@patchgate/agent-client';
import type { AgentSession, RunReading } from '@patchgate/agent-client';
import { reportOfRun } from './agent-report.js';
import type { DispatchedRun, LogLine, StepResult } from './run-step.js';
import { asked, found } from './step-answers.js';

/** An agent gives a thousand lines at a time; the rest comes with the next look. */
const mostPages = 20;

/** What a report of an agent that takes runs means, with the lines of its log that are new. */
export async function readRun(
  run: DispatchedRun,
  reading: RunReading,
  { session, now }: { readonly session: AgentSession; readonly now: Date },
): Promise<StepResult> {
  const { lines, lastSeq } = await readLog(run, reading, { session, now });
  const { progress, phase, agent_epoch, boot_id_after } = reading;
  return found(
    {
      kind: 'agent_reported',
      report: reportOfRun(reading, { bootIdBefore: run.bootIdBefore, allowReboot: run.policy.allowReboot }),
      hasChecks: run.hasChecks,
    },
    {
      facts: { progress, phase, agentEpoch: agent_epoch, bootIdAfter: boot_id_after, agentLogSeq: lastSeq },
      lines,
    },
  );
}

/** To its end, because an agent forgets the log once the run is acknowledged. */
async function readLog(
  { id, agentLogSeq }: DispatchedRun,
  first: RunReading,
  { session, now }: { readonly session: AgentSession; readonly now: Date },
) {
  const lines: LogLine[] = [];
  let lastSeq = agentLogSeq;
  let reading = first;
  for (let page = 0; page < mostPages; page += 1) {
    const fresh = reading.log.filter(({ seq }) => seq > lastSeq);
    lines.push(...fresh.map(({ at, line }) => ({ at: instantOf(at, now), source: 'agent' as const, line })));
    lastSeq = fresh.at(-1)?.seq ?? lastSeq;
    if (fresh.length === 0 || lastSeq >= (reading.log_total ?? 0)) break;
    const next = await asked(session.findRun(id, lastSeq));
    if (next === null || next instanceof AgentError) break;
    reading = next;
  }
  return { lines, lastSeq };
}

/** By the agent's clock, where it tells a time at all. */
function instantOf(text: string | null, otherwise: Date): Date {
  const at = new Date(text ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? otherwise : at;
}
