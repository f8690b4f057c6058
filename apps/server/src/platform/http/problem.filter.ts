import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { errorStatus } from '@patchgate/contracts';
import type { ErrorCode, Problem } from '@patchgate/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app-error.js';
import { isDatabaseUnavailable } from '../database/failure.js';
import { Logger } from '../logger/logger.js';

const codeByStatus: Record<number, ErrorCode> = {
  400: 'invalid_request',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

/** The one place where a failure becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.toAppError(error, request);
    if (problem.retryAfterSeconds !== undefined)
      void reply.header('retry-after', String(problem.retryAfterSeconds));
    void reply
      .status(errorStatus[problem.code])
      // A route that answers with something else has said so already.
      .type('application/json; charset=utf-8')
      .send(problemBody(problem, request.id));
  }

  private toAppError(error: unknown, request: FastifyRequest): AppError {
    if (error instanceof AppError) return error;
    if (isDatabaseUnavailable(error)) {
      this.logger.warn({ err: error, request_id: request.id }, 'database unavailable');
      return new AppError('unavailable', 'The database cannot be reached at the moment.', {
        retryAfterSeconds: 5,
      });
    }
    const code = codeByStatus[httpStatus(error) ?? 500];
    if (code) return new AppError(code, clientMessage(code, error));
    this.logger.error({ err: error, request_id: request.id, method: request.method }, 'request failed');
    return new AppError('internal_error', 'Something went wrong on our side; the log has the request id.');
  }
}

export const problemBody = ({ code, message, issues }: AppError, requestId: string): Problem => ({
  code,
  message,
  ...(issues && { issues: [...issues] }),
  request_id: requestId,
});

function httpStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode < 500 ? statusCode : undefined;
}

function clientMessage(code: ErrorCode, error: unknown): string {
  if (code === 'not_found') return 'There is no such object.';
  return error instanceof Error ? error.message : 'The request is not valid.';
}
