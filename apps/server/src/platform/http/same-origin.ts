import type { FastifyRequest } from 'fastify';
import { AppError } from '../app-error.js';

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;|$)/i.test(contentType ?? '');

const carriesBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Refuses a state change that another site could have made a browser send (SEC-S2). A form cannot set the header or
 * send JSON; a script of another origin cannot either without a preflight, which nothing here answers.
 *
 * @throws AppError `forbidden` or `unsupported_media_type`
 */
export function assertOwnPage(request: FastifyRequest, publicUrl: string | undefined): void {
  if (isSafe(request.method)) return;
  if (request.headers['x-patchgate-request'] !== '1') {
    throw new AppError('forbidden', 'The header X-Patchgate-Request: 1 is missing.');
  }
  const { origin } = request.headers;
  if (origin !== undefined && !ownOrigins(request, publicUrl).includes(origin)) {
    throw new AppError('forbidden', 'The request comes from another origin.');
  }
}

/**
 * Refuses what any page made a browser send, for agents that know nothing of our header: a browser names its origin with
 * every state change, an agent has none.
 *
 * @throws AppError `forbidden`
 */
export function assertNoPage({ method, headers }: FastifyRequest): void {
  if (isSafe(method) || headers.origin === undefined) return;
  throw new AppError('forbidden', 'This is for agents, not for pages.');
}

/** Any state change with a body sends JSON, whoever the caller is. */
export function assertJson(request: FastifyRequest): void {
  if (isSafe(request.method) || !carriesBody(request) || isJson(request.headers['content-type'])) return;
  throw new AppError('unsupported_media_type', 'Send the body as application/json.');
}

const ownOrigins = (request: FastifyRequest, publicUrl: string | undefined): string[] => [
  `${request.protocol}://${request.host}`,
  ...(publicUrl ? [new URL(publicUrl).origin] : []),
];
