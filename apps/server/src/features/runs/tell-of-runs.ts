import type { Db } from '../../platform/database/query.js';
import { publishObjects } from '../../platform/events/publish.js';

export interface ChangedRun {
  readonly id: string;
  readonly jobId: string;
  readonly hostId: string;
}

/** Says that runs have changed: to those who look at them, and to those who look at their jobs. */
export async function tellOfRuns(db: Db, runs: readonly ChangedRun[]): Promise<void> {
  const jobs = runs.map(({ jobId, hostId }) => ({ id: jobId, hostId }));
  await publishObjects(db, 'run', [...runs.map(({ id, hostId }) => ({ id, hostId })), ...jobs]);
  await publishObjects(db, 'job', jobs);
}
