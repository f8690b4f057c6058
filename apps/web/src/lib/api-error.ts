import type { ErrorCode, Issue } from '@patchgate/contracts';

/** Beside the server's codes: nobody answered, or what answered is not the API we know. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'unexpected_answer';

interface ApiErrorFields {
  /** HTTP status; 0 when nothing answered. */
  status: number;
  code: ApiErrorCode;
  message: string;
  issues?: readonly Issue[];
  requestId?: string | null;
  cause?: unknown;
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly issues: readonly Issue[];
  readonly requestId: string | null;

  constructor({ status, code, message, issues = [], requestId = null, cause }: ApiErrorFields) {
    super(message, { cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.issues = issues;
    this.requestId = requestId;
  }
}

export const hasCode = (error: unknown, code: ApiErrorCode): boolean =>
  error instanceof ApiError && error.code === code;

/** What is wrong is said of a field, and stands there. */
export const namesField = (error: unknown): boolean => error instanceof ApiError && error.issues.length > 0;

/** Worth asking again by itself: nobody answered, or the server says that it is its own trouble. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);
