import type { Caller } from '../../platform/http/caller.js';
import { runsOf } from './demo-facts.repository.js';
import type { DemoJob, LaidOutHost } from './demo-jobs.js';
import type { DemoServices } from './demo-services.js';
import { finishRuns } from './finished-run.repository.js';

const minuteMs = 60_000;

/** Orders a job when it was ordered, and ends those of its runs that have ended since. */
export async function orderDemoJob(
  { orders, clock, dataSource }: DemoServices,
  caller: Caller,
  { job, hosts }: { job: DemoJob; hosts: readonly LaidOutHost[] },
): Promise<void> {
  clock.goBack(job.agoMs);
  const { id } = await orders.create(caller, job.request);
  const orderedAt = clock.now();
  clock.goBack(0);
  const known = new Map(hosts.map((host) => [host.id, host]));
  const runs = await runsOf(dataSource.manager, id);
  const finished = runs.flatMap(({ id: runId, host_id }, place) => {
    const at = new Date(orderedAt.getTime() + 5_000 + (place * minuteMs * 3) / 2);
    const host = known.get(host_id);
    return (host && job.finish(host, { runId, at })) ?? [];
  });
  await dataSource.transaction((db) => finishRuns(db, finished));
}
