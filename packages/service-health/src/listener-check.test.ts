import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { once } from 'node:events';

import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';

import { bindWithRetry } from './bind-with-retry.js';
import { listenerCheck } from './listener-check.js';
import { ListenerWatch } from './listener-watch.js';
import { listening } from './listening.fixture.js';
import { realClock } from './real-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ServiceHealth } from './service-health.js';

let log: RecordedLog;
let watch: ListenerWatch;
let health: ServiceHealth;

beforeEach(() => {
  log = new RecordedLog();
  watch = new ListenerWatch();
  health = new ServiceHealth({ clock: realClock, log });
  health.registry.add(listenerCheck(watch));
  health.serving();
});

async function bound(server: Server, host: string, port: number): Promise<{ host: string; port: number }> {
  server.listen({ host, port });
  await once(server, 'listening');
  return { host, port: (server.address() as AddressInfo).port };
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

test.each(['127.0.0.1', '0.0.0.0'])('the process connects to its own listener on %s', async (host) => {
  const server = createServer((socket) => socket.destroy());
  watch.bound(await bound(server, host, 0));
  await health.refresh();
  expect(health.read().body.checks.listener).toEqual({ status: 'healthy' });
  await closed(server);
  await health.refresh();
  expect(health.read().body.checks.listener).toEqual({ status: 'unhealthy', reason: 'ECONNREFUSED' });
  watch.closed();
  await health.refresh();
  expect(health.read().body.checks.listener).toEqual({ status: 'unhealthy', reason: 'closed' });
});

test('a listener that is not bound yet is unhealthy', async () => {
  await health.refresh();
  expect(health.read().body.checks.listener).toEqual({ status: 'unhealthy', reason: 'unbound' });
});

test('an API port in use is bind_failed with 503 on the management port until a retry binds it', async () => {
  const { url } = await listening(health);
  const squatter = createServer();
  const taken = await bound(squatter, '127.0.0.1', 0);
  const api = createServer((socket) => socket.destroy());
  onTestFinished(() => closed(api));
  const bind = vi.fn(() => bound(api, taken.host, taken.port));
  const { signal } = new AbortController();
  const binding = bindWithRetry({ bind, watch, health, log, signal, retryEveryMs: 5 });

  const listenerOf = async (path: string) => {
    const response = await fetch(url + path);
    const { checks } = (await response.json()) as { checks: Record<string, unknown> };
    return [response.status, checks.listener];
  };
  await vi.waitFor(async () => {
    expect(await listenerOf('/health')).toEqual([503, { status: 'unhealthy', reason: 'bind_failed' }]);
  });
  expect((await listenerOf('/ready'))[0]).toBe(503);
  expect((await listenerOf('/live'))[0]).toBe(200);
  await vi.waitFor(() => expect(bind.mock.calls.length).toBeGreaterThan(2));
  expect(log.lines.find(({ message }) => message === 'listener bind failed')).toMatchObject({
    level: 'error',
    fields: { code: 'EADDRINUSE' },
  });

  await closed(squatter);
  expect(await binding).toBe(true);
  expect(await listenerOf('/ready')).toEqual([200, { status: 'healthy' }]);
});

test('the attempts to bind end with the process', async () => {
  const stop = new AbortController();
  const bind = () => Promise.reject(Object.assign(new Error('in use'), { code: 'EADDRINUSE' }));
  const binding = bindWithRetry({ bind, watch, health, log, signal: stop.signal, retryEveryMs: 600_000 });
  await vi.waitFor(() => expect(health.read().body.checks.listener?.reason).toBe('bind_failed'));
  stop.abort();
  expect(await binding).toBe(false);
});
