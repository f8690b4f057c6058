import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the build of the web application lies, seen from the compiled and from the source file alike. */
const webRoot = resolve(import.meta.dirname, '../../../../web/dist');

/** What the pages of a demo say of themselves before anything was asked for. */
interface DemoMark {
  /** How often the gate asks. */
  readonly retrySeconds: number;
}

/**
 * Serves the browser's files; every path that is no file is a page of the single-page application.
 *
 * @param demo null for a real installation, whose page is served as it was built
 */
export async function serveWeb(fastify: FastifyInstance, demo: DemoMark | null): Promise<void> {
  if (!existsSync(webRoot)) return;
  const markedPage = demo && markPage(readFileSync(resolve(webRoot, 'index.html'), 'utf8'), demo);
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
    reply.header('cache-control', 'no-cache').type('text/html');
    return markedPage === null ? reply.sendFile('index.html', webRoot) : reply.send(markedPage);
  });
}

const markPage = (page: string, { retrySeconds }: DemoMark): string =>
  page.replace('</head>', `  <meta name="patchgate-demo" content="${retrySeconds}" />\n  </head>`);
