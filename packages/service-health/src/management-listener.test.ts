import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { beforeEach, describe, expect, test } from 'vitest';

import { Activity } from './activity.js';
import { listening } from './listening.fixture.js';
import { ManagementBindError } from './management-bind-error.js';
import { ManualClock } from './manual-clock.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ServiceHealth } from './service-health.js';

let clock: ManualClock;
let health: ServiceHealth;
let database: ScriptedCheck;
let memory: ScriptedCheck;

beforeEach(async () => {
  clock = new ManualClock();
  health = new ServiceHealth({ clock, log: new RecordedLog() });
  database = new ScriptedCheck('database');
  memory = new ScriptedCheck('memory', { critical: false });
  health.registry.add(database.definition);
  health.registry.add(memory.definition);
  await health.refresh();
  health.serving();
});

async function statuses(url: string): Promise<Record<string, number>> {
  const paths = ['/health', '/ready', '/healthz', '/live'];
  const answers = await Promise.all(paths.map(async (path) => [path, (await fetch(url + path)).status]));
  return Object.fromEntries(answers) as Record<string, number>;
}

const all = (status: number) => ({ '/health': status, '/ready': status, '/healthz': status, '/live': 200 });

describe('the status codes', () => {
  test('are 200 for a healthy process', async () => {
    expect(await statuses((await listening(health)).url)).toEqual(all(200));
  });

  test('are 200 for a degraded one', async () => {
    const { url } = await listening(health);
    memory.next = { status: 'unhealthy', reason: 'heap' };
    await health.refresh();
    expect(await statuses(url)).toEqual(all(200));
    memory.next = { status: 'healthy' };
    database.next = { status: 'degraded', reason: 'slow' };
    await health.refresh();
    expect(await statuses(url)).toEqual(all(200));
  });

  test('are 503 for an unhealthy one, which stays live', async () => {
    const { url } = await listening(health);
    database.next = new Error('down');
    await health.refresh();
    await health.refresh();
    expect(await statuses(url)).toEqual(all(503));
  });

  test('say that a starting process is not ready', async () => {
    const starting = new ServiceHealth({ clock, log: new RecordedLog() });
    expect(await statuses((await listening(starting)).url)).toEqual({ ...all(503), '/health': 200 });
  });

  test('say that a draining process is not ready', async () => {
    const { url } = await listening(health);
    health.draining();
    expect(await statuses(url)).toEqual({ ...all(503), '/health': 200 });
  });

  test('are all 503 when the refresher is stuck', async () => {
    const { url } = await listening(health);
    clock.advance(30_001);
    expect(await statuses(url)).toEqual({ ...all(503), '/live': 503 });
  });
});

describe('the body', () => {
  test('has every field, and null for what the process does not have', async () => {
    const { url } = await listening(health);
    database.next = { status: 'degraded', reason: 'slow' };
    clock.advance(12_345);
    await health.refresh();
    clock.advance(1);
    const expected = {
      status: 'degraded',
      timestamp: '2031-05-06T07:08:21.345Z',
      checks: { database: { status: 'degraded', reason: 'slow' }, memory: { status: 'healthy' } },
      uptime_seconds: 12.345,
      active_listeners: null,
      topics: null,
      last_connection_at: null,
      last_error: null,
      tick_age_seconds: null,
      poll_lag_seconds: null,
    };
    for (const path of ['/health', '/ready', '/live', '/healthz']) {
      const response = await fetch(url + path);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      const body = (await response.json()) as object;
      expect(body).toStrictEqual(expected);
      expect(Object.keys(body)).toEqual(Object.keys(expected));
    }
  });

  test('says what the process does have', async () => {
    const activity = new Activity(clock);
    const readFacts = () => ({
      ...activity.read(),
      activeListeners: { sse: 2, agents: null },
      topics: { overview: 2, host: 0 },
      tickAgeSeconds: 0.25,
      pollLagSeconds: 1.5,
    });
    const api = new ServiceHealth({ clock, log: new RecordedLog(), readFacts });
    const { url } = await listening(api);
    activity.connectionSeen();
    activity.errorSeen(Object.assign(new Error('password=hunter2'), { code: '57P01' }));
    clock.advance(1000);
    await api.refresh();
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({
      active_listeners: { sse: 2, agents: null },
      topics: { overview: 2, host: 0 },
      last_connection_at: '2031-05-06T07:08:09.000Z',
      last_error: '57P01',
      tick_age_seconds: 0.25,
      poll_lag_seconds: 1.5,
    });
  });

  test('never tells what an error said', async () => {
    const { url } = await listening(health);
    database.next = new Error('password=hunter2 at 10.0.0.7');
    await health.refresh();
    const body = await (await fetch(`${url}/health`)).text();
    expect(body).toContain('"database":{"status":"unhealthy","reason":"error"}');
    expect(body).not.toMatch(/hunter2|10\.0\.0\.7/);
  });
});

describe('requests', () => {
  test('HEAD answers like GET without the body', async () => {
    const { url } = await listening(health);
    for (const path of ['/health', '/metrics']) {
      const head = await fetch(url + path, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100);
      expect(await head.text()).toBe('');
    }
    database.next = new Error('down');
    await health.refresh();
    expect((await fetch(`${url}/health`, { method: 'HEAD' })).status).toBe(503);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused with 405', async (method) => {
    const { url } = await listening(health);
    const response = await fetch(`${url}/health`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test.each(['/', '/health/', '/healthy', '/metrics/x', '/..%2fhealth'])('%s is not found', async (path) => {
    const { url } = await listening(health);
    expect((await fetch(url + path)).status).toBe(404);
    expect((await fetch(url + path, { method: 'POST' })).status).toBe(404);
  });

  test.each([
    ['/health', 'GET'],
    ['/metrics', 'GET'],
    ['/metrics', 'POST'],
    ['/nothing', 'GET'],
  ])(
    'SEC-H1 %s %s is answered with the headers that keep a browser from running it',
    async (path, method) => {
      const { headers } = await fetch((await listening(health)).url + path, { method });
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('a query does not matter', async () => {
    const { url } = await listening(health);
    expect((await fetch(`${url}/ready?verbose=1`)).status).toBe(200);
  });

  test('a client that sends its headers too slowly is cut off', async () => {
    const { listener } = await listening(health, { requestTimeoutMs: 50 });
    const socket = connect(listener.port, '127.0.0.1');
    socket.write('GET /health HTTP/1.1\r\nHost: x\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('headers beyond 8 KiB are refused', async () => {
    const { url } = await listening(health);
    expect((await fetch(`${url}/health`, { headers: { x: 'x'.repeat(9000) } })).status).toBe(431);
  });
});

describe('the listener', () => {
  test('tells its address and paths when it begins and says when it ends', async () => {
    const { listener, log, url } = await listening(health);
    const address = `127.0.0.1:${listener.port}`;
    const paths = ['/health', '/ready', '/live', '/healthz', '/metrics'];
    await fetch(`${url}/live`);
    await Promise.all([listener.close(), listener.close()]);
    expect(log.lines).toEqual([
      { level: 'info', fields: { address, paths }, message: 'health listener ready' },
      { level: 'info', fields: { address }, message: 'health listener stopped' },
    ]);
    await expect(fetch(`${url}/live`)).rejects.toThrow();
  });

  test('that cannot bind says so with address, code and cause', async () => {
    const { listener } = await listening(health);
    const second = listening(health, { port: listener.port });
    await expect(second).rejects.toThrow(ManagementBindError);
    await expect(second).rejects.toMatchObject({
      message: `the management listener cannot bind 127.0.0.1:${listener.port}: EADDRINUSE`,
      code: 'EADDRINUSE',
      host: '127.0.0.1',
      port: listener.port,
      cause: { syscall: 'listen' },
    });
  });

  test('that is given an address of another machine or no port at all says so', async () => {
    await expect(listening(health, { host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
    await expect(listening(health, { port: 70_000 })).rejects.toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
  });
});
