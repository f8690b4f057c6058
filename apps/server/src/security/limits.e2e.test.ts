import { problem } from '@patchgate/contracts';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../api.fixture.js';
import type { TestApi } from '../api.fixture.js';
import { securityHeaders } from '../platform/http/security-headers.js';

let api: TestApi;
/** Begun first, so that its time passes while the other tests run. */
let tooSlow: { answer: Promise<string>; beganAt: number };
beforeAll(async () => {
  api = await startTestApi();
  const socket = connectToApi();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
  tooSlow = { answer: text(socket), beganAt: performance.now() };
});
afterAll(() => api.close());

const connectToApi = () => connect(Number(new URL(api.origin).port), '127.0.0.1');

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

describe('SEC-H1 headers', () => {
  it.each(['/', '/api/docs', '/api/openapi.json', '/api/v1/setup', '/api/v1/hosts', '/api/v1/nothing', '/%'])(
    'come with %s, whatever the answer',
    async (path) => {
      const { headers } = await fetch(`${api.origin}${path}`);
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  it.each([
    ['files', (page: string) => /src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? '/no-script-in-the-page', 200],
    ['what is missing', () => '/assets/nothing.js', 404],
    ['refusals', () => '/api/v1/hosts', 401, { method: 'POST' }],
    ['preflights', () => '/api/v1/hosts', 404, { method: 'OPTIONS' }],
  ])('come with %s too', async (_name, pathIn, status, init: RequestInit = {}) => {
    const page = await (await fetch(`${api.origin}/`)).text();
    const reply = await fetch(`${api.origin}${pathIn(page)}`, init);
    expect(reply.status).toBe(status);
    expect(Object.fromEntries(reply.headers)).toMatchObject(securityHeaders);
  });

  it('let the document page run without an inline script', async () => {
    const page = await (await fetch(`${api.origin}/api/docs`)).text();
    expect(page).not.toMatch(/<script>|<script[^>]*>[^<]/);
    for (const [, file] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(`${api.origin}${file ?? ''}`)).status).toBe(200);
    }
  });
});

describe('SEC-I1 input', () => {
  it.each([
    ['x', 'given "x", expected a whole number from 1 to 200'],
    ['0', 'given "0", expected a whole number from 1 to 200'],
    ['1.5', 'given "1.5", expected a whole number from 1 to 200'],
    ['', 'given "", expected a whole number from 1 to 200'],
    ['1&limit=2', 'given ["1","2"], expected a whole number from 1 to 200'],
    ['9'.repeat(99), `given "${'9'.repeat(39)}…, expected a whole number from 1 to 200`],
  ])('that is no number where one is expected is named: limit=%s', async (given, message) => {
    const { body } = await api.admin.call(`/hosts?limit=${given}`);
    expect(body).toMatchObject({ message: `limit: ${message}`, issues: [{ path: 'limit', message }] });
  });

  it('may name any instant that can be stored, and no other', async () => {
    const from = (instant: string) => api.admin.call(`/audit-log?from=${instant}`);
    expect((await from('0000-12-31T23:59:59.999Z')).body.issues).toEqual([
      { path: 'from', message: 'given "0000-12-31T23:59:59.999Z", expected a year from 0001' },
    ]);
    expect((await from('0001-01-01T00:00:00.000Z')).status).toBe(200);
    expect((await from('9999-12-31T23:59:59.999Z')).status).toBe(200);
  });

  it('is refused above 256 KiB', async () => {
    const body = { name: 'x'.repeat(256 * 1024) };
    expect((await api.admin.call('/groups', { method: 'POST', body })).body.code).toBe('payload_too_large');
  });

  it.each([
    ['deep', nested(17)],
    ['many', { list: Array.from({ length: 20_001 }, () => 1) }],
  ])('is refused when it is too %s', async (_name, body) => {
    const reply = await api.admin.call('/groups', { method: 'POST', body });
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    expect(String(reply.body.message)).toMatch(/deeper than 16|more than 20000/);
  });

  it('is refused with unknown fields, each named', async () => {
    const reply = await api.admin.call('/groups', { method: 'POST', body: { name: 'a', admin: true, x: 1 } });
    expect(reply.body.issues).toEqual([
      { path: 'admin', message: 'there is no such field' },
      { path: 'x', message: 'there is no such field' },
    ]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1e9',
    'cursor=%00',
    'cursor=abc',
    'cursor=W10',
    'q=%00',
    'group=1',
    'sort=password_hash',
  ])('is refused in a query: %s', async (query) => {
    expect((await api.admin.call(`/hosts?${query}`)).status).toBe(400);
  });

  it.each([
    ['not JSON', '{'],
    ['a reserved key', '{"__proto__": {"admin": true}, "name": "x"}'],
    ['an array', '[]'],
    ['null', 'null'],
  ])('is refused as %s', async (_name, body) => {
    const headers = { ...api.admin.headers, 'content-type': 'application/json', 'x-patchgate-request': '1' };
    const reply = await fetch(`${api.url}/groups`, { method: 'POST', headers, body });
    expect(reply.status).toBe(400);
  });

  it.each([
    ['too large', 431, 'headers_too_large', `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(17_000)}`],
    ['no HTTP', 400, 'invalid_request', 'GET /api/v1/hosts?q=\u00e9 HTTP/1.1\r\nHost: x'],
  ])('that is %s gets the same shape of answer and is cut off', async (_name, status, code, head) => {
    const socket = connectToApi();
    socket.write(`${head}\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/^content-security-policy: .*frame-ancestors 'none'/m);
    const body = problem.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''));
    expect(body.code).toBe(code);
  });

  it.each([
    ['GET', /\r\n\r\n\{"code":"invalid_request"/],
    ['HEAD', /\r\n\r\n$/],
  ])('that cannot be read as a %s is answered as that method is', async (method, end) => {
    const socket = connectToApi();
    socket.end(Buffer.from(`${method} /api/v1/hosts?q=\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n`, 'latin1'));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(end);
  });

  it('is cut off when its headers take longer than 10 s', { timeout: 20_000 }, async () => {
    expect(await tooSlow.answer).toMatch(/^HTTP\/1\.1 408 /);
    const tookMs = performance.now() - tooSlow.beganAt;
    expect(tookMs).toBeGreaterThan(9_000);
    expect(tookMs).toBeLessThan(15_000);
  });

  it('is cut off when it takes longer than 30 s, which is a second here', async () => {
    const server: Server = api.app.getHttpServer();
    expect(server.requestTimeout).toBe(30_000);
    server.requestTimeout = 1_000;
    server.headersTimeout = 1_000;
    try {
      const socket = connectToApi();
      socket.write('POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
      socket.write('X-Patchgate-Request: 1\r\nContent-Length: 40\r\n\r\n{"username": ');
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      server.requestTimeout = 30_000;
      server.headersTimeout = 10_000;
    }
  });
});
