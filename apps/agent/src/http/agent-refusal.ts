import type { AgentErrorCode } from '@patchgate/contracts/agent';

interface RefusalOptions {
  readonly details?: unknown;
  readonly isRetryable?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request is answered with an error of the contract; the status follows from the code. */
export class AgentRefusal extends Error {
  readonly details: unknown;
  readonly isRetryable: boolean;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: AgentErrorCode,
    message: string,
    { details = null, isRetryable = false, headers = {}, cause }: RefusalOptions = {},
  ) {
    super(message, { cause });
    this.details = details;
    this.isRetryable = isRetryable;
    this.headers = headers;
  }
}
