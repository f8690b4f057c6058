import { seedJob } from '../../apps/server/src/features/runs/seed-runs.fixture.js';
import type { SeededStates } from '../seeded-jobs.js';
import { connectAsWorker } from '../worker-database.js';

/** By the place in the roll-out; the others succeeded before these, and wait for their turn after them. */
const special: Record<number, SeededStates[number]> = {
  ...{ 6: 'waiting', 9: 'regressed', 14: 'waiting', 15: 'running', 16: 'verifying', 17: 'rebooting' },
  ...{ 18: 'check_error', 19: 'dispatching' },
};

/** A roll-out in the middle of its window, as its worker left it. */
export async function orderSampleJob(
  dataDirectory: string,
  hosts: readonly { id: string; name: string }[],
): Promise<{ jobId: string; runId: string }> {
  const client = await connectAsWorker(dataDirectory);
  try {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM users ORDER BY created_at LIMIT 1`);
    const ordered = hosts.filter(({ name }) => /^(shop-web|app-fra|cache-fra)/.test(name));
    const runs = ordered.map(({ id }, place) => ({
      hostId: id,
      state: special[place] ?? (place < 14 ? ('succeeded' as const) : ('batch_wait' as const)),
    }));
    const job = await seedJob(client, {
      ...{ createdBy: rows[0]?.id ?? '', now: new Date(), runs, schedule: 'now' },
      ...{ canary: 2, batchSize: 12, maxInFlight: 4, maxFailures: 3 },
    });
    return { jobId: job.id, runId: job.runs.find(({ state }) => state === 'waiting')?.id ?? '' };
  } finally {
    await client.end();
  }
}
