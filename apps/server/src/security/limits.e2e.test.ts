import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../api.fixture.js';
import type { TestApi } from '../api.fixture.js';

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

  it('let the document page run without an inline script', async () => {
    const page = await (await fetch(`${api.origin}/api/docs`)).text();
    expect(page).not.toMatch(/<script>|<script[^>]*>[^<]/);
    for (const [, file] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(`${api.origin}${file ?? ''}`)).status).toBe(200);
    }
  });
});

describe('SEC-I1 input', () => {
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

  it('is cut off when the headers are too large', async () => {
    const socket = connectToApi();
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(17_000)}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('is cut off when its headers take longer than 10 s', { timeout: 20_000 }, async () => {
    expect(await tooSlow.answer).toMatch(/^HTTP\/1\.1 408 /);
    const tookMs = performance.now() - tooSlow.beganAt;
    expect(tookMs).toBeGreaterThan(9_000);
    expect(tookMs).toBeLessThan(15_000);
  });
});
