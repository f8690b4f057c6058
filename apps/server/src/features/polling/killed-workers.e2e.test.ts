import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { startRole } from '../../roles/role.fixture.js';
import type { RunningRole } from '../../roles/role.fixture.js';

const intervalMs = 15_000;
const hosts = 30;
const kills = 20;
const killEveryMs = 2_500;

interface Visit {
  readonly from: number;
  to: number;
}

/** Answers after a while, and remembers when each check came and went. */
async function startTarget() {
  const visits = new Map<string, Visit[]>();
  const server = createServer((request, response) => {
    const visit = { from: performance.now(), to: Infinity };
    const name = request.url ?? '';
    visits.set(name, [...(visits.get(name) ?? []), visit]);
    response.once('close', () => (visit.to = performance.now()));
    setTimeout(() => response.end('ready'), 100);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    visits,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

const settings = {
  PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalMs / 1000),
  PATCHGATE_CHECK_TIMEOUT_MS: '500',
  PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8',
};

test(
  'over 20 kills of one of two workers no check is polled twice at a time, and none waits for two intervals',
  { timeout: 120_000 },
  async () => {
    const database = await createTestDatabase();
    const target = await startTarget();
    const admin = new Client(database.adminUrl);
    await admin.connect();
    try {
      await admin.query(
        `WITH made AS (
         INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
         SELECT gen_random_uuid(), 'h' || n, '10.0.0.0'::inet + n, 12443, now(), now() FROM generate_series(1, $1::int) n
         RETURNING id, fqdn),
       checks AS (
         INSERT INTO host_health_checks (id, host_id, slot, name, check_type, url, expected_body, ignore_cert_errors, created_at, updated_at)
         SELECT gen_random_uuid(), id, 1, 'check', 'http', $2 || '/' || fqdn, 'ready', true, now(), now() FROM made RETURNING id),
       states AS (INSERT INTO health_check_state (check_id, since, revision) SELECT id, now(), 1 FROM checks)
       INSERT INTO host_health (host_id, fqdn, phase, next_poll_at, checks_total)
       SELECT id, fqdn, abs(hashtextextended(id::text, 0) % 1000000)::int, now(), 1 FROM made`,
        [hosts, target.url],
      );
      const start = () => startRole('worker', database.appUrl, settings);
      const workers: [RunningRole, RunningRole] = [start(), start()];
      const ready = (worker: RunningRole) => worker.program.saying(/"worker ready"/);
      await Promise.all(workers.map(ready));
      for (let kill = 0; kill < kills; kill += 1) {
        // The kills themselves are the pace of this test, not a wait for something.
        await delay(killEveryMs);
        const victim = workers[kill % 2]!;
        victim.program.kill('SIGKILL');
        await victim.program.exited;
        workers[kill % 2] = start();
      }
      await delay(2 * intervalMs);
      const endedAt = performance.now();
      expect(target.visits.size).toBe(hosts);
      for (const visits of target.visits.values()) {
        const gaps = visits.map(({ from }, index) => (visits[index + 1]?.from ?? endedAt) - from);
        expect(Math.max(...gaps)).toBeLessThan(2 * intervalMs);
        const overlaps = visits.filter(({ to }, index) => to > (visits[index + 1]?.from ?? Infinity));
        expect(overlaps).toEqual([]);
      }
    } finally {
      await admin.end();
      target.close();
      await database.drop();
    }
  },
);
