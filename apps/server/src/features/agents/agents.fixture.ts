import type { PatchReading } from '@patchgate/agent-client';
import { Client } from 'pg';
import { expect, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { channel } from '../../platform/events/publish.js';
import type { AgentPoll } from './agent-poll.js';
import { claimDueAgents } from './due-agents.repository.js';
import { expectAgent } from './expect-agent.repository.js';
import { recordAgentPolls } from './record-agent-polls.js';

export const claimAll = { ranges: null, limit: 1_000, leaseMs: 30_000, inventoryLeaseMs: 150_000 };
export const times = { intervalMs: 300_000, inventoryMs: 1_800_000 };
const at = new Date('2026-03-26T10:30:00.000Z');

/** A database of its own, as the app role, with an ear for what is told. */
export async function openAgents() {
  const database = await createTestDatabase();
  const app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await admin.query(`LISTEN ${channel}`);
  const heard: string[] = [];
  admin.on('notification', ({ payload = '' }) => heard.push(payload));
  const rows = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await admin.query(text, values)).rows as Row[];
  const db = app.manager;
  return {
    ...{ app, db, rows },
    /** Hosts with an agent that is expected, due now. */
    addHosts: async (count: number): Promise<string[]> => {
      const added = await rows<{ id: string }>(
        `WITH made AS (
           INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
           SELECT gen_random_uuid(), gen_random_uuid() || '.example.org',
             '10.0.0.0'::inet + (SELECT count(*) FROM hosts) + n, 12443, now(), now()
           FROM generate_series(1, $1::int) AS n RETURNING id, fqdn)
         INSERT INTO host_health (host_id, fqdn, phase)
         SELECT id, fqdn, abs(hashtextextended(id::text, 0) % 1000000)::int FROM made RETURNING host_id AS id`,
        [count],
      );
      for (const { id } of added) await expectAgent(db, id);
      return added.map(({ id }) => id);
    },
    /** Polls what is due, and finds what is given. */
    poll: async (found: Partial<AgentPoll> = {}) => {
      const claims = await claimDueAgents(db, claimAll);
      const polls = claims.map(({ hostId, fence }) => pollOf({ hostId, fence, ...found }));
      await app.transaction((tx) => recordAgentPolls(tx, polls, times));
      return claims;
    },
    record: (polls: readonly AgentPoll[]) => app.transaction((tx) => recordAgentPolls(tx, polls, times)),
    dueAgain: () => rows('UPDATE host_agents SET next_poll_at = $1 WHERE next_poll_at IS NOT NULL', [at]),
    told: async (): Promise<string[]> => {
      // Notifications come in order, so what was sent before this one has come.
      await admin.query(`SELECT pg_notify('${channel}', 'end')`);
      await vi.waitFor(() => expect(heard.at(-1)).toBe('end'));
      return heard.splice(0).filter((payload) => payload !== 'end');
    },
    close: async () => {
      await admin.end();
      await app.destroy();
      await database.drop();
    },
  };
}

export const health = {
  ...{ status: 'healthy', version: '0.1.0', uptime_seconds: 60, capabilities: ['idempotent-runs'] },
  ...{ agent_epoch: 'epoch-1', boot_id: '11111111-2222-3333-4444-555555555555', crl_status: null },
};
export const info = {
  ...{ hostname: 'web', os: 'Debian GNU/Linux', os_version: '12', kernel: '6.1.0', architecture: 'x86_64' },
  ...{ pending_reboot: false, package_db_clean: true },
};

export const patch = (name: string, changes: Partial<PatchReading> = {}): PatchReading => ({
  ...{ name, current_version: '1.0', available_version: '1.1', severity: 'medium' },
  ...{ security: false, requires_reboot: false, kept_back: null },
  ...changes,
});

/** A poll of an agent that is well; what a test is about is said by it. */
export const pollOf = (poll: Pick<AgentPoll, 'hostId' | 'fence'> & Partial<AgentPoll>): AgentPoll => ({
  ...{
    at,
    status: 'connected',
    failure: null,
    health,
    info,
    certificate: null,
    inventory: null,
    renewal: null,
  },
  ...poll,
});
