import type { AgentError } from '@patchgate/contracts/agent';
import { agentErrorCodes } from '@patchgate/contracts/agent';
import { randomUUID } from 'node:crypto';

import { AgentRefusal } from './agent-refusal.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function successAnswer(status: number, data: object, at: Date): Answer {
  return answer(status, { success: true, ...head(at), data, error: null });
}

/** Whatever is not meant for the caller becomes an `INTERNAL_ERROR` that says nothing of it. */
export function errorAnswer(thrown: unknown, at: Date): Answer {
  const refusal =
    thrown instanceof AgentRefusal
      ? thrown
      : new AgentRefusal('INTERNAL_ERROR', 'the agent failed; its log says why', { isRetryable: true });
  const { code, message, details, isRetryable } = refusal;
  const error: AgentError = { code, message, details, retryable: isRetryable };
  const { status, headers, body } = answer(agentErrorCodes[code], {
    success: false,
    ...head(at),
    data: null,
    error,
  });
  return { status, headers: { ...headers, ...refusal.headers }, body };
}

const head = (at: Date) => ({ request_id: randomUUID(), timestamp: at.toISOString() });

function answer(status: number, envelope: object): Answer {
  const body = JSON.stringify(envelope);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  return { status, headers, body };
}
