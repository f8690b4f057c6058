import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';
import { ordered, previewed } from './ordering.fixture.js';

const hosts = 10_000;
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

it('an order of ten thousand hosts is previewed, made, shown, paused and cancelled', async () => {
  const db = api.app.get(DataSource);
  const { id: groupId } = (await api.admin.post('/groups', { name: 'the whole fleet' })) as { id: string };
  const seeded = await seedHosts(db, { hosts });
  const ids = seeded.map(({ id }) => id);
  await db.query('INSERT INTO group_hosts (group_id, host_id) SELECT $1, unnest($2::uuid[])', [groupId, ids]);
  await db.query(`UPDATE hosts SET agent_status = 'connected'`);
  const body = { group_ids: [groupId], selection: 'all', schedule: 'now', canary: 10, batch_size: 500 };
  const tookMs: Record<string, number> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startMs = performance.now();
    const result = await work();
    tookMs[name] = Math.round(performance.now() - startMs);
    return result;
  };
  const preview = await timed('preview', () => previewed(api.admin, body));
  expect(preview).toMatchObject({ hosts_total: hosts, batches: 21 });
  const job = await timed('order', () => ordered(api.admin, body));
  expect(job).toMatchObject({ hosts_total: hosts, run_counts: { queued: hosts } });
  const { cells } = await timed('board', () => api.admin.ok(`/patch-jobs/${job.id}/board`));
  expect(cells).toHaveLength(hosts);
  await timed('list', () => api.admin.ok('/patch-jobs'));
  await timed('pause', () => api.admin.post(`/patch-jobs/${job.id}/pause`, {}));
  await timed('cancel', () => api.admin.post(`/patch-jobs/${job.id}/cancel`, {}));
  const [asked] = await db.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM patch_job_hosts WHERE cancel_requested_at IS NOT NULL',
  );
  expect(asked?.n).toBe(hosts);
  // Far more than it takes, and far less than anything that looks at one host after the other would.
  for (const [name, ms] of Object.entries(tookMs)) expect([name, ms < 15_000]).toEqual([name, true]);
});
