import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import type { TestApi } from '../../api.fixture.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/new-id.js';
import { startRole } from '../../roles/role.fixture.js';
import { insertHost } from '../hosts/host.repository.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { AuthorityService } from '../pki/authority.service.js';
import { startFleet } from './fleet.fixture.js';

const count = 1_000;
const intervalMs = 30_000;

/** User and system time of a process so far, in milliseconds, as the operating system counts it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Hosts with a certificate for their agents, but not asked for yet: half of them with the public one. */
async function enrolled(api: TestApi, hosts: number) {
  const actor = { id: null, name: 'test', sourceAddress: null };
  const certificates = api.app.get(AgentCertificateService);
  return api.app.get(UnitOfWork).run(actor, async (tx) => {
    const made = [];
    for (let n = 0; n < hosts; n += 1) {
      const [host_id, address] = [newId(), `127.3.${Math.floor(n / 250)}.${(n % 250) + 1}`];
      const fqdn = `agent-${n}.example.org`;
      await insertHost(tx.db, { id: host_id, fqdn, address, agent_port: 12_443, enrolled: null }, tx.now);
      const { row, privateKey } = await certificates.issue(tx, { hostId: host_id, fqdn, address }, null);
      const pair = { cert: row.certificate, key: privateKey };
      made.push({ host_id, hostname: fqdn, address, pair, dialect: n % 2 === 0 ? 'ours' : 'public' });
    }
    await tx.db.query('UPDATE host_agents SET next_poll_at = NULL, refresh_fence = NULL');
    return made;
  });
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
      const agents = await enrolled(under.api, count);
      const ca = await under.api.app.get(AuthorityService).certificate();
      await under.fleet.command({ command: 'start', agents, manager_authority: ca });
      const worker = startRole('worker', under.api.database.appUrl, under.settings);
      await worker.program.saying(/"worker ready"/);
      const before = cpuMs(worker.program.pid);
      const startedAt = performance.now();
      await admin.query(
        `UPDATE hosts SET agent_port = port FROM unnest($1::uuid[], $2::int[]) t (host_id, port) WHERE id = host_id`,
        [agents.map(({ host_id }) => host_id), agents.map(({ host_id }) => under.fleet.portOf(host_id))],
      );
      await admin.query('UPDATE host_agents SET next_poll_at = now(), next_inventory_at = now()');
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
