import cookie from '@fastify/cookie';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v4 as uuid } from 'uuid';
import type { Config } from '../../config/config.schema.js';
import type { Logger } from '../logger/logger.js';
import { assertBodyShape } from './body-shape.js';
import { AppError } from '../app-error.js';
import { problemBody } from './problem.filter.js';
import { securityHeaders } from './security-headers.js';
import { answerUnreadable } from './unreadable-request.js';

/** What a TLS listener shows, in PEM. */
export interface TlsOptions {
  readonly key: string;
  readonly cert: string;
}

export const tlsLimits = { minVersion: 'TLSv1.2' } as const;
// The platform looks for late requests every 30 s by itself, which would make 10 s up to 40.
const limits = { headersTimeout: 10_000, maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 1_000 };

/** The HTTP server with its limits (SEC-I1); `tls` is null where plain HTTP is right. */
export function createHttpAdapter(config: Config, tls: TlsOptions | null): FastifyAdapter {
  return new FastifyAdapter({
    ...(tls ? { https: { ...tls, ...limits, ...tlsLimits } } : { http: limits }),
    logger: false,
    bodyLimit: 256 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    genReqId: () => uuid(),
    // An address that cannot be decoded fails before any hook and any filter.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const body = problemBody(new AppError('invalid_request', 'The address is not valid.'), request.id);
      void reply.headers(securityHeaders).status(400).send(body);
    },
    clientErrorHandler: answerUnreadable,
    // A request id is ours alone: one given from outside could be made to collide.
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
  });
}

/** Adds what holds for every reply, whether a route, a file or an error made it. */
export async function prepareHttpServer(fastify: FastifyInstance, logger: Logger): Promise<void> {
  await fastify.register(cookie);
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(securityHeaders);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    assertBodyShape(request);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.debug(requestFields(request, reply.statusCode, reply.elapsedTime), 'request');
    done();
  });
}

const requestFields = (request: FastifyRequest, status: number, elapsedMs: number): object => ({
  request_id: request.id,
  method: request.method,
  // The pattern, not the address: ids and searches have no place in a log.
  route: request.routeOptions.url ?? 'none',
  status,
  elapsed_ms: Math.round(elapsedMs),
});
