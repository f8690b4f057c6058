import { AgentError } from '@patchgate/agent-client';
import type { RunEvent } from '@patchgate/domain';
import type { AgentFacts, LogLine, StepResult } from './run-step.js';

/** An answer, or the agent's failure to give one. Whatever else is thrown is a defect of ours. */
export async function asked<T>(call: Promise<T>): Promise<T | AgentError> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AgentError) return error;
    throw error;
  }
}

export const found = (
  event: RunEvent,
  rest: { readonly facts?: AgentFacts; readonly lines?: readonly LogLine[] } = {},
): StepResult => ({ kind: 'found', event, ...rest });

/** A lost reply is unknown, never failed: the same is asked again. */
export const silent = (detail: string): StepResult => found({ kind: 'agent_silent', detail });

export const outcomeLost = (detail: string): StepResult => found({ kind: 'outcome_lost', detail });

type Refused = Extract<RunEvent, { kind: 'order_refused' }>;

/** The agent has no order of this run, and will not get one: back to the gate where another time may do. */
export const refusedOrder = (reason: Refused['reason'], detail: string, isRetryable = true): StepResult =>
  found({ kind: 'order_refused', isRetryable, reason, detail });

/** A question that failed before anything was ordered; the agent knows nothing of the run. */
export function unasked({ failure, message, isRetryable }: AgentError): StepResult {
  switch (failure) {
    case 'unreachable':
    case 'lost':
    case 'failed':
    case 'bad_answer':
      return refusedOrder('agent_unreachable', message);
    case 'refused_us':
      return refusedOrder('agent_refused', message);
    case 'refused':
      return refusedOrder(isRetryable ? 'agent_busy' : 'agent_refused', message);
  }
}

/** The same with more that was found on the way. */
export function withMore(
  result: StepResult,
  { facts, lines = [] }: { readonly facts?: AgentFacts; readonly lines?: readonly LogLine[] },
): StepResult {
  if (result.kind === 'superseded') return result;
  return { ...result, facts: { ...facts, ...result.facts }, lines: [...lines, ...(result.lines ?? [])] };
}
