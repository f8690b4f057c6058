import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startRole } from '../../roles/role.fixture.js';
import { startFleet } from './fleet.fixture.js';

const count = 1_000;
const intervalMs = 30_000;

/** User and system time of a process so far, in milliseconds, as the operating system counts it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

test(
  '1,000 agents that are due at once are all asked within one interval by one worker, inventory and all',
  { timeout: 120_000 },
  async () => {
    const under = await startFleet({
      PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalMs / 1000),
      PATCHGATE_CHECK_TIMEOUT_MS: '10000',
    });
    const admin = new Client(under.api.database.adminUrl);
    await admin.connect();
    try {
      const agents = Array.from({ length: count }, (_, n) => ({
        host_id: randomUUID(),
        address: `127.3.${Math.floor(n / 250)}.${(n % 250) + 1}`,
        dialect: n % 2 === 0 ? 'ours' : 'public',
      }));
      await under.fleet.command({ command: 'start', agents });
      const worker = startRole('worker', under.api.database.appUrl, under.settings);
      await worker.program.saying(/"worker ready"/);
      const before = cpuMs(worker.program.pid);
      const startedAt = performance.now();
      await admin.query(
        `WITH made AS (
           INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
           SELECT id, id::text, address, port, now(), now() FROM unnest($1::uuid[], $2::inet[], $3::int[]) t (id, address, port)
           RETURNING id, fqdn),
         health AS (
           INSERT INTO host_health (host_id, fqdn, phase)
           SELECT id, fqdn, abs(hashtextextended(id::text, 0) % 1000000)::int FROM made RETURNING host_id, phase)
         INSERT INTO host_agents (host_id, phase, next_poll_at, next_inventory_at) SELECT host_id, phase, now(), now() FROM health`,
        [
          agents.map(({ host_id }) => host_id),
          agents.map(({ address }) => address),
          agents.map(({ host_id }) => under.fleet.portOf(host_id)),
        ],
      );
      const connected = async () =>
        (
          await admin.query<{ n: number }>(
            `SELECT count(*)::int AS n FROM hosts WHERE agent_status = 'connected' AND patches_total = 2`,
          )
        ).rows[0]?.n;
      await expect.poll(connected, { timeout: intervalMs, interval: 250 }).toBe(count);
      const tookMs = performance.now() - startedAt;
      const perPollMs = (cpuMs(worker.program.pid) - before) / count;
      process.stdout.write(
        `${JSON.stringify({ agents: count, took_ms: Math.round(tookMs), worker_cpu_ms_per_poll: perPollMs })}\n`,
      );
      expect(tookMs).toBeLessThan(intervalMs);
    } finally {
      await admin.end();
      await under.close();
    }
  },
);
