import type { HostAnswer } from '@patchgate/dial';
import { z } from 'zod';
import { AgentError } from './agent-failure.js';
import { anything, tame } from './hostile-text.js';

const envelope = z.object({
  success: z.boolean(),
  data: anything,
  error: anything,
});
const refusal = z.object({
  code: z.string(),
  message: z.string().catch(''),
  retryable: z.boolean().catch(false),
});

/** These say that we are not welcome, whatever stands in the body. */
const notForUs = [401, 403];
/** Agents answer an unknown path with 405, proxies in between with 404 and no envelope. */
const unknownPath = [404, 405, 501];
/** Longest wait that an agent may ask of us, in seconds. */
const longestWait = 3_600;

/**
 * The payload of an answer of either kind of agent.
 *
 * @param schema what the payload must hold at least
 * @throws AgentError
 */
export function readAnswer<T extends z.ZodType>(answer: HostAnswer, schema: T): z.output<T> {
  const { status } = answer;
  const parsed = envelope.safeParse(parse(answer));
  if (!parsed.success) throw withoutEnvelope(answer);
  const { success, data, error } = parsed.data;
  if (!success || status >= 400) throw refused(answer, error);
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new AgentError('bad_answer', `the agent's answer does not make sense: ${where || 'its data'}`, {
    status,
    cause: read.error,
  });
}

function parse({ body, status }: HostAnswer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    // Some refusals are plain text; everything else has to be JSON.
    if (status >= 400) return undefined;
    throw new AgentError('bad_answer', 'the agent did not answer in JSON', { status, cause });
  }
}

function refused(answer: HostAnswer, error: unknown): AgentError {
  const { status } = answer;
  const read = refusal.safeParse(error);
  if (!read.success) return withoutEnvelope(answer);
  const code = tame(read.data.code, 64);
  const failure = notForUs.includes(status) ? 'refused_us' : status >= 500 ? 'failed' : 'refused';
  return new AgentError(failure, tame(read.data.message, 300) || `the agent answered ${status} ${code}`, {
    ...{ status, code },
    isRetryable: read.data.retryable || status === 429,
    retryAfterSeconds: retryAfter(answer),
  });
}

function withoutEnvelope(answer: HostAnswer): AgentError {
  const { status } = answer;
  const retryAfterSeconds = retryAfter(answer);
  if (notForUs.includes(status)) {
    return new AgentError('refused_us', `the agent does not let us in (${status})`, { status });
  }
  if (status === 429) {
    const told = { status, code: 'TOO_MANY_REQUESTS', isRetryable: true, retryAfterSeconds };
    return new AgentError('refused', 'the agent is asked too often', told);
  }
  if (unknownPath.includes(status)) {
    return new AgentError('refused', 'the agent does not know this request', { status, code: 'UNSUPPORTED' });
  }
  if (status >= 500)
    return new AgentError('failed', `the agent answered ${status}`, { status, isRetryable: true });
  return new AgentError('bad_answer', `the agent's answer (${status}) is not one of an agent`, { status });
}

/** RFC 9110, 10.2.3; agents send seconds only. */
function retryAfter({ headers }: HostAnswer): number | undefined {
  const given = headers['retry-after'];
  const seconds = typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : null;
  return seconds === null ? undefined : Math.min(seconds, longestWait);
}
