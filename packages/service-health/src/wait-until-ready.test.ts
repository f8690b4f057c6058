import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { expect, onTestFinished, test, vi } from 'vitest';

import { listening } from './listening.fixture.js';
import { realClock } from './real-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ServiceHealth } from './service-health.js';
import { waitUntilReady } from './wait-until-ready.js';

const clock = realClock;

async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('it waits for /ready of a process that starts, and ends when it serves', async () => {
  const health = new ServiceHealth({ clock, log: new RecordedLog() });
  const { url } = await listening(health);
  const waiting = waitUntilReady(url, { timeoutMs: 30_000, clock });
  const settled = vi.fn();
  void waiting.then(settled);
  await fetch(`${url}/ready`);
  expect(settled).not.toHaveBeenCalled();
  health.serving();
  expect(await waiting).toEqual({ ready: true });
});

test('it waits for the port to open', async () => {
  const health = new ServiceHealth({ clock, log: new RecordedLog() });
  health.serving();
  const { listener, url } = await listening(health);
  await listener.close();
  const waiting = waitUntilReady(`${url}/live`, { timeoutMs: 30_000, clock });
  await listening(health, { port: listener.port });
  expect(await waiting).toEqual({ ready: true });
});

test('at the timeout it tells the last answer', async () => {
  const health = new ServiceHealth({ clock, log: new RecordedLog() });
  const { url } = await listening(health);
  const result = await waitUntilReady(url, { timeoutMs: 300, clock });
  expect(result).toMatchObject({ ready: false, lastStatus: 503 });
  expect(JSON.parse((result as { lastBody: string }).lastBody)).toMatchObject({ status: 'healthy' });
});

test('at the timeout it tells why there was no answer', async () => {
  const { url, listener } = await listening(new ServiceHealth({ clock, log: new RecordedLog() }));
  await listener.close();
  expect(await waitUntilReady(url, { timeoutMs: 50, clock })).toEqual({
    ready: false,
    lastStatus: null,
    lastBody: null,
    lastError: 'ECONNREFUSED',
  });
});

test.each<[string, RequestListener]>([
  ['accepts and says nothing', () => undefined],
  ['sends a body that never ends', (_, response) => response.writeHead(200).write('ready')],
])('a server that %s does not hold it beyond the timeout', async (_, listener) => {
  const url = await answering(listener);
  expect(await waitUntilReady(url, { timeoutMs: 100, clock })).toMatchObject({
    ready: false,
    lastError: 'timeout',
  });
});

test('of an endless answer it keeps 64 KiB', async () => {
  const url = await answering((_, response) => {
    response.writeHead(503);
    const more = () => {
      while (response.write('x'.repeat(16_384)));
    };
    response.on('drain', more);
    more();
  });
  const result = await waitUntilReady(url, { timeoutMs: 200, clock });
  expect((result as { lastBody: string }).lastBody).toHaveLength(65_536);
});

test('a redirect is no readiness and is not followed', async () => {
  const url = await answering((request, response) => {
    response.writeHead(request.url === '/ready' ? 302 : 200, { location: '/elsewhere' }).end();
  });
  expect(await waitUntilReady(url, { timeoutMs: 1000, clock })).toMatchObject({
    ready: false,
    lastStatus: 302,
  });
});

test('a signal ends it early', async () => {
  const stop = new AbortController();
  const url = await answering(() => stop.abort());
  expect(await waitUntilReady(url, { timeoutMs: 600_000, clock, signal: stop.signal })).toMatchObject({
    ready: false,
    lastError: 'ABORT_ERR',
  });
});

test.each(['', 'localhost:8080', '/ready', 'ftp://127.0.0.1/'])('%j is no URL to wait for', async (url) => {
  await expect(waitUntilReady(url, { timeoutMs: 50, clock })).rejects.toThrow(
    /is not a URL to wait for: expected for example/,
  );
});
