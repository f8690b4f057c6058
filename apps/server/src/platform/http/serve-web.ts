import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the build of the web application lies, seen from the compiled and from the source file alike. */
const webRoot = resolve(import.meta.dirname, '../../../../web/dist');

/** Serves the browser's files; every path that is no file is a page of the single-page application. */
export async function serveWeb(fastify: FastifyInstance): Promise<void> {
  if (!existsSync(webRoot)) return;
  await fastify.register(fastifyStatic, {
    prefix: '/assets/',
    decorateReply: false,
    root: resolve(webRoot, 'assets'),
    // Their names carry a hash of their content.
    maxAge: '365d',
    immutable: true,
  });
  fastify.get('/*', (request, reply) => {
    if (request.url.startsWith('/api/')) {
      reply.callNotFound();
      return reply;
    }
    return reply.header('cache-control', 'no-cache').type('text/html').sendFile('index.html', webRoot);
  });
}
