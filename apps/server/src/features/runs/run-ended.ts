import { pauseAfter, rollOutState } from '@patchgate/domain';
import type { BatchCount, EndedRun, RunReason } from '@patchgate/domain';
import type { Db } from '../../platform/database/query.js';
import { publish } from '../../platform/events/publish.js';
import { pauseJobs, rollOutCounts } from './roll-out.repository.js';
import type { Pause } from './roll-out.repository.js';
import { rollOutOf } from './run-job.repository.js';
import type { RunJob } from './run-job.repository.js';
import { tellOfRuns } from './tell-of-runs.js';
import type { ChangedRun } from './tell-of-runs.js';

export interface EndedRunRow extends ChangedRun, EndedRun {
  readonly reason: RunReason | null;
}

/**
 * What every end of a run owes, in the transaction that ends it, after it was written: the roll-out may pause, and those
 * who watch are told.
 *
 * @param jobs those of the runs, locked by this transaction
 */
export async function runsEnded(
  db: Db,
  jobs: ReadonlyMap<string, RunJob>,
  ended: readonly EndedRunRow[],
  now: Date,
): Promise<void> {
  if (ended.length === 0) return;
  const byJob = Map.groupBy(
    ended.filter(({ status }) => status !== 'succeeded'),
    ({ jobId }) => jobId,
  );
  if (byJob.size > 0) {
    const counts = await rollOutCounts(db, [...byJob.keys()], now);
    const pauses = [...byJob].map(([jobId, runs]) => pauseOf(jobs.get(jobId), counts.get(jobId) ?? [], runs));
    await pauseJobs(
      db,
      pauses.filter((pause) => pause !== null),
      now,
    );
  }
  await tellOfRuns(db, ended);
  // Their hosts are free again, or held by an outcome that nobody knows.
  await publish(
    db,
    'host',
    ended.map(({ hostId }) => hostId),
  );
}

/** For the end of a single run; `job` is locked by this transaction. */
export const runEnded = (db: Db, job: RunJob, ended: EndedRunRow, now: Date): Promise<void> =>
  runsEnded(db, new Map([[job.id, job]]), [ended], now);

function pauseOf(
  job: RunJob | undefined,
  counts: readonly BatchCount[],
  ended: readonly EndedRunRow[],
): Pause | null {
  if (!job) return null;
  const rollOut = rollOutOf(job);
  const state = rollOutState(rollOut, counts);
  for (const run of ended) {
    const reason = pauseAfter(rollOut, state, run);
    if (reason === null) continue;
    const detail =
      reason === 'canary_failed'
        ? `a host of the canary is ${run.status}${run.reason === null ? '' : `: ${run.reason}`}`
        : `dispatched runs that failed: ${state.failures}, allowed: ${job.max_failures}`;
    return { jobId: job.id, reason, detail };
  }
  return null;
}
