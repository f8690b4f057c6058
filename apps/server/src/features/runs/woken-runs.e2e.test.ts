import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { startRole } from '../../roles/role.fixture.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';
import { seedGateJob, seedPerson } from './seed-gate.fixture.js';

const target = { isHealthy: false };
const server = createServer((_request, response) =>
  response.writeHead(target.isHealthy ? 200 : 503).end(target.isHealthy ? 'ready' : 'no'),
);
let database: TestDatabase;
let app: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await app.destroy();
  await database.drop();
});

test('a run waits while its check fails, and a poll that sees it recover lets the gate be asked at once', async () => {
  const worker = startRole('worker', database.appUrl, { PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8' });
  const { port } = server.address() as AddressInfo;
  const [host] = await seedHosts(app, { hosts: 1, url: () => `http://127.0.0.1:${port}/` });
  await app.query(
    `INSERT INTO health_check_state (check_id, since, revision) SELECT id, now(), 1 FROM host_health_checks`,
  );
  const now = Date.now();
  const { runIds } = await seedGateJob(app, {
    ...{ hostIds: [host!.id], createdBy: await seedPerson(app, 'admin') },
    ...{ opensAt: new Date(now - 60_000), closesAt: new Date(now + 3_600_000) },
  });
  const run = async () => {
    const [row] = await app.query<
      { status: string; attempt: number; reason: string; next_attempt_at: Date }[]
    >('SELECT status, attempt, reason, next_attempt_at FROM patch_job_hosts WHERE id = $1', [runIds[0]]);
    return row!;
  };
  const looked = { timeout: 15_000, interval: 100 };
  await expect
    .poll(run, looked)
    .toMatchObject({ status: 'waiting_health_check', attempt: 1, reason: 'check_failed' });
  const { next_attempt_at } = await run();
  expect(next_attempt_at.getTime() - Date.now()).toBeGreaterThan(240_000);
  target.isHealthy = true;
  await app.query('UPDATE host_health SET checks_total = 1, next_poll_at = now()');
  // Without an agent its order cannot be delivered, which sends it back; the gate itself has opened.
  await expect.poll(async () => (await run()).attempt, looked).toBe(2);
  const outcomes = await app.query<{ outcome: string }[]>(
    'SELECT outcome FROM gate_attempts ORDER BY attempt',
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);

  // What the worker tells of it, and of its own life and clock.
  const { body } = await worker.health();
  expect(body.checks).toMatchObject({ runs: { status: 'healthy' }, clock: { status: 'healthy' } });
  const metrics = await (await fetch(`${await worker.management()}/metrics`)).text();
  expect(metrics).toMatch(/^gate_decisions_total\{decision="failed",reason="check_failed"\} 1$/m);
  expect(metrics).toMatch(/^gate_decisions_total\{decision="opened",reason="none"\} 1$/m);
  expect(metrics).toMatch(/^runs\{status="waiting_health_check"\} \d+$/m);
});
