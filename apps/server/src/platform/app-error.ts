import type { ErrorCode, Issue } from '@patchgate/contracts';

interface AppErrorOptions {
  cause?: unknown;
  issues?: readonly Issue[];
  /** Seconds after which trying again makes sense; sent as Retry-After. */
  retryAfterSeconds?: number;
}

/** An outcome the API answers with one of its codes; anything else that is thrown is a defect. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly issues: readonly Issue[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { cause, issues, retryAfterSeconds }: AppErrorOptions = {},
  ) {
    super(message, { cause });
    this.issues = issues;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A foreign object and a missing one are the same answer, word for word. */
export const notFound = (): AppError => new AppError('not_found', 'There is no such object.');

/** One refused field. */
export const invalidField = (path: string, message: string): AppError =>
  new AppError('invalid_request', message, { issues: [{ path, message }] });
