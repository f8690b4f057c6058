import fastifyStatic from '@fastify/static';
import { endpoints, openApiDocument } from '@patchgate/contracts';
import type { FastifyInstance } from 'fastify';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { documentLook } from './document-look.js';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>API · Patchgate</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
    <link rel="stylesheet" href="/api/docs/look.css">
  </head>
  <body>
    <header><a href="/">Patchgate</a> API reference</header>
    <main id="reader"></main>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;
// A file of its own, because the content security policy allows no inline script.
const start = `
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', prefersDark.matches);
prefersDark.addEventListener('change', follow);
follow();
SwaggerUIBundle({ url: '/api/openapi.json', domNode: document.getElementById('reader'), docExpansion: 'list' });
`;

/** The OpenAPI document at `/api/openapi.json` and a reader for it at `/api/docs`. */
export async function serveDocument(fastify: FastifyInstance): Promise<void> {
  const document = JSON.stringify(openApiDocument(endpoints));
  const files = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  fastify.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(document));
  fastify.get('/api/docs', (_request, reply) => reply.type('text/html').send(page));
  fastify.get('/api/docs/start.js', (_request, reply) => reply.type('text/javascript').send(start));
  fastify.get('/api/docs/look.css', (_request, reply) => reply.type('text/css').send(documentLook));
  await fastify.register(fastifyStatic, { root: files, serve: false });
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    fastify.get(`/api/docs/${name}`, (_request, reply) => reply.sendFile(name, { maxAge: '1h' }));
  }
}
