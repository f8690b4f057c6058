import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';

import type { Target } from './target.js';

/** What healthy peers answer; the text that checks look for is `ready`. */
const text = 'everything is ready here';

const encoded = (coding: string, body: Buffer) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-encoding': coding }).end(body);

const pages: Readonly<Record<string, (response: ServerResponse, authorization?: string) => unknown>> = {
  '/ok': (response) => response.end(text),
  '/gzip': encoded('gzip', gzipSync(text)),
  '/br': encoded('br', brotliCompressSync(text)),
  '/zstd': encoded('zstd', zstdCompressSync(text)),
  '/split': (response) => {
    response.write('x'.repeat(70_000) + 'rea');
    setImmediate(() => response.end('dy'));
  },
  '/latin1': (response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=ISO-8859-1' });
    response.end(Buffer.from('überall bereit', 'latin1'));
  },
  '/utf16': (response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset="utf-16le"' });
    response.end(Buffer.from('überall bereit', 'utf16le'));
  },
  '/late': (response) => response.end(`${'x'.repeat(256 * 1024)}ready`),
  '/other': (response) => response.end('maintenance'),
  '/empty': (response) => response.writeHead(204).end(),
  '/down': (response) => response.writeHead(503).end(text),
  '/redirect': (response) => response.writeHead(302, { location: '/ok' }).end(),
  '/not-modified': (response) => response.writeHead(304).end(),
  '/authorization': (response, authorization = 'none') => response.end(`ready ${authorization}`),
};

const answer: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://target');
  const page = pages[pathname];
  const digest = searchParams.get('authorization-sha256');
  const to = searchParams.get('to');
  if (to !== null) response.writeHead(307, { location: to }).end();
  else if (digest !== null && digest !== sha256(request.headers.authorization ?? '')) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="target"' }).end('no');
  } else if (page) page(response, request.headers.authorization);
  else response.writeHead(404).end();
};

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

/**
 * A peer that answers as its path says; `?to=` redirects there, `?authorization-sha256=` wants the header with that
 * digest, so that whoever asks for it need not say it.
 */
export const goodTarget = (): Target => ({ name: 'good', server: createServer(answer) });

export { answer };
