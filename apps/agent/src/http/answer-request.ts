import type { Clock } from '@patchgate/service-health';
import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { Logger } from '../platform/logger.js';
import { AgentRefusal } from './agent-refusal.js';
import type { Answer } from './envelope.js';
import { errorAnswer, successAnswer } from './envelope.js';
import { findRoute } from './find-route.js';
import type { RateLimit } from './rate-limit.js';
import { readBody } from './read-body.js';
import type { Route } from './route.js';

export interface RequestServices {
  readonly routes: readonly Route[];
  readonly limit: RateLimit;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Answers one request of a manager whose certificate has been judged; never rejects. */
export async function answerRequest(
  request: IncomingMessage,
  certificate: X509Certificate,
  services: RequestServices,
): Promise<Answer> {
  const { clock, log } = services;
  const { method = '', url = '' } = request;
  const [path = ''] = url.split('?', 1);
  const startedAtMs = clock.monotonicMs();
  let answer: Answer;
  try {
    answer = await reply(request, { method, path, certificate }, services);
  } catch (error) {
    if (!(error instanceof AgentRefusal)) log.error({ err: error, method, path }, 'request failed');
    answer = errorAnswer(error, clock.now());
  }
  const tookMs = Math.round(clock.monotonicMs() - startedAtMs);
  log.debug({ method, path, status: answer.status, tookMs }, 'request answered');
  return answer;
}

async function reply(
  request: IncomingMessage,
  { method, path, certificate }: { method: string; path: string; certificate: X509Certificate },
  { routes, limit, clock }: RequestServices,
): Promise<Answer> {
  const peer = request.socket.remoteAddress ?? '';
  const waitSeconds = limit.take(peer, method !== 'GET', clock.monotonicMs());
  if (waitSeconds > 0) {
    throw new AgentRefusal('TOO_MANY_REQUESTS', `too many requests; try again in ${waitSeconds} s`, {
      isRetryable: true,
      headers: { 'retry-after': String(waitSeconds) },
    });
  }
  const { route, parameters } = findRoute(routes, method, path);
  const query = new URLSearchParams((request.url ?? '').slice(path.length + 1));
  const body = await readBody(request);
  const { status, data } = await route.reply({ parameters, query, body, certificate });
  return successAnswer(status, data, clock.now());
}
