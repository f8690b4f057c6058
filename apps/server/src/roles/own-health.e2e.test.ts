import { expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/test-database.js';
import { startTestPostgres } from '../../../../tests/test-postgres.js';
import { temporaryDirectory } from '../../../../tests/start-fixture.js';
import { SystemClock } from '../platform/clock/clock.js';
import { migrate } from '../platform/database/migrate.js';
import { appName } from '../supervisor/postgres-roles.js';
import { TestCaller } from '../api.fixture.js';
import { startRole } from './role.fixture.js';
import type { RunningRole } from './role.fixture.js';

/** S2 and the foundation's promise: within this time a database that is gone shows, and one that is back is used. */
const within15s = { timeout: 15_000, interval: 50 };

async function ready(role: RunningRole, status: number): Promise<void> {
  await vi.waitFor(async () => expect((await role.health('/ready')).status).toBe(status), within15s);
}

async function startBoth(databaseUrl: string): Promise<{ api: RunningRole; worker: RunningRole }> {
  const both = { api: startRole('api', databaseUrl), worker: startRole('worker', databaseUrl) };
  await both.api.origin();
  await Promise.all(Object.values(both).map((role) => ready(role, 200)));
  return both;
}

test('a PostgreSQL that is killed ends no process, shows as not ready within 15 s, and is used again once it is back', async () => {
  const directory = temporaryDirectory();
  const postgres = await startTestPostgres(directory);
  await migrate({ migrationUrl: postgres.migrationUrl, appRole: appName, clock: new SystemClock() });
  const { api, worker } = await startBoth(postgres.appUrl);
  const caller = new TestCaller(`${await api.origin()}/api/v1`);

  await postgres.stop();
  await Promise.all([ready(api, 503), ready(worker, 503)]);
  const { status, body } = await api.health();
  expect(status).toBe(503);
  expect(body.checks['database']).toMatchObject({ status: 'unhealthy' });
  expect(await caller.call('/setup')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  for (const role of [api, worker]) {
    expect((await role.health('/live')).status).toBe(200);
    await vi.waitFor(async () => expect((await role.health()).body.last_error).toMatch(/^\w+$/), within15s);
  }

  const back = await startTestPostgres(directory);
  await Promise.all([ready(api, 200), ready(worker, 200)]);
  expect(await caller.ok('/setup')).toEqual({ needed: true });

  process.kill(back.pid()!, 'SIGKILL');
  await vi.waitFor(async () => expect(await caller.ok('/setup')).toEqual({ needed: true }), within15s);
  await Promise.all([ready(api, 200), ready(worker, 200)]);
  for (const role of [api, worker]) {
    expect(await Promise.race([role.program.exited, Promise.resolve('still there')])).toBe('still there');
  }
  await back.stop();
});

test('a worker that is gone shows in the api as degraded, and its successor heals it', async () => {
  const database = await createTestDatabase();
  try {
    const { api, worker } = await startBoth(database.appUrl);
    const workerIs = (status: string) =>
      vi.waitFor(async () => {
        const { body, ...reply } = await api.health();
        expect({ ...reply, ...body.checks['worker'] }).toMatchObject({ status });
      }, within15s);
    await workerIs('healthy');
    worker.program.kill('SIGKILL');
    await workerIs('degraded');
    expect((await api.health('/ready')).status).toBe(200);
    startRole('worker', database.appUrl);
    await workerIs('healthy');
  } finally {
    await database.drop();
  }
});

test('the worker says how late it polls, when it ticked last, and for how long there is room for results', async () => {
  const database = await createTestDatabase();
  try {
    const { worker } = await startBoth(database.appUrl);
    const management = await worker.management();
    const valueOf = (text: string, name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
    await vi.waitFor(async () => {
      const { body } = await worker.health();
      expect(body.checks).toMatchObject({ tick: {}, poll_lag: {}, partitions: { status: 'healthy' } });
      expect(body).toMatchObject({ poll_lag_seconds: 0, tick_age_seconds: expect.any(Number) as number });
      const metrics = await (await fetch(`${management}/metrics`)).text();
      expect(valueOf(metrics, 'poll_tick_age_seconds')).toBeLessThan(10);
      expect(valueOf(metrics, 'result_partitions_ahead_seconds')).toBeGreaterThan(24 * 3_600);
      expect(metrics).toContain('poll_lag_seconds_count');
      for (const status of ['healthy', 'unhealthy', 'unknown'])
        expect(valueOf(metrics, `check_state{.*status="${status}".*}`)).toBe(0);
    }, within15s);
  } finally {
    await database.drop();
  }
});

test('an api that is told to stop serves until the balancer that polls it has read so', async () => {
  const database = await createTestDatabase();
  try {
    const { api } = await startBoth(database.appUrl);
    const caller = new TestCaller(`${await api.origin()}/api/v1`);
    await ready(api, 200);
    api.program.kill('SIGTERM');
    await ready(api, 503);
    expect(await caller.ok('/setup')).toEqual({ needed: true });
    expect((await api.health('/ready')).status).toBe(503);
    expect(await api.program.exited).toBe(0);
    await expect(caller.call('/setup')).rejects.toThrow();
  } finally {
    await database.drop();
  }
});
