import { isUndispatched, transition } from '@patchgate/domain';
import type { DataSource } from 'typeorm';
import type { Config } from '../../config/config.schema.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { Logger } from '../../platform/logger/logger.js';
import { mostCrashes } from './claim-due-runs.js';
import type { Claim } from './claim-due-runs.js';
import { runEnded } from './run-ended.js';
import { lockJobs } from './run-job.repository.js';
import { policyOf } from './run-policy.js';
import { lockRun, saveRun } from './run.repository.js';
import { runOf } from './run.row.js';

interface QuarantineDependencies {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: Config['runs'];
}

/**
 * Ends a run that has killed whoever claimed it, without touching it: the queue goes on. A person has to look, so this is
 * an error in the log.
 */
export async function quarantineRun(claim: Claim, deps: QuarantineDependencies): Promise<void> {
  const { dataSource, clock, logger, config } = deps;
  await dataSource.transaction(async (db) => {
    const job = (await lockJobs(db, [claim.jobId])).get(claim.jobId);
    const row = await lockRun(db, claim.id);
    if (!job || row?.fence !== claim.fence) return;
    const now = clock.now();
    const policy = policyOf(config, { runId: claim.id, allowReboot: job.allow_reboot });
    const detail = `claimed ${mostCrashes} times, and each time whoever had it came to no end`;
    const { run } = transition(runOf(row), { kind: 'quarantined', detail }, policy, now.getTime());
    const guard = { id: claim.id, fence: claim.fence, from: [row.status] };
    if (!(await saveRun(db, guard, run))) return;
    const status = isUndispatched(row.status) ? 'failed' : 'indeterminate';
    const { jobId, hostId } = claim;
    await runEnded(
      db,
      job,
      { id: claim.id, jobId, hostId, batch: row.batch, status, reason: run.reason },
      now,
    );
  });
  logger.error({ run_id: claim.id, job_id: claim.jobId, host_id: claim.hostId }, 'run quarantined');
}
