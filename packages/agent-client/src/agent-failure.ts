/**
 * Why a call to an agent brought no answer to work with.
 *
 * - `unreachable`: no connection, or none to that host's own agent
 * - `refused_us`: it does not take our certificate, or not from our address
 * - `lost`: the question went out and no answer came back: whether it was acted on is unknown
 * - `refused`: it understood and will not
 * - `failed`: it tried and could not
 * - `bad_answer`: what came is not an answer of an agent
 */
export type AgentFailure = 'unreachable' | 'refused_us' | 'lost' | 'refused' | 'failed' | 'bad_answer';

interface Answered {
  /** HTTP status; absent where there was no answer. */
  readonly status?: number;
  /** The agent's own word for it. */
  readonly code?: string;
  /** Whether the same call may succeed later. */
  readonly isRetryable?: boolean;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** A failing agent. The message is for people and holds nothing that the agent could use to deceive a terminal or a page. */
export class AgentError extends Error {
  override name = 'AgentError';
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly isRetryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly failure: AgentFailure,
    message: string,
    { status, code, isRetryable = false, retryAfterSeconds, cause }: Answered = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.isRetryable = isRetryable;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
