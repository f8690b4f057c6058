import { Injectable } from '@nestjs/common';
import { seesEverything } from '@patchgate/domain';
import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { AppError } from '../../platform/app-error.js';
import { queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';

interface HoldingRun {
  number: number;
  name: string;
}

/** What a run of a host forbids to be done to the host meanwhile. */
@Injectable()
export class HostRuns {
  /**
   * While a run of the host waits to start, its checks are what it waits for: to disable one would be an override that
   * anyone can do. Whoever may override the gate may change them too.
   *
   * @throws AppError `host_in_run` naming the job
   */
  async assertChecksMayChange(db: Db, viewer: Principal, hostId: string): Promise<void> {
    if (seesEverything(viewer.role)) return;
    const run = await find(db, hostId, sql`r.status IN ('queued', 'waiting_health_check')`);
    if (!run) return;
    const message = `The host waits for its patches in job ${run.number} "${run.name}": until they have begun, only administrators may change its checks.`;
    throw new AppError('host_in_run', message);
  }

  /**
   * A host with a run that has not ended, or of which nobody knows whether it has, is not to be forgotten.
   *
   * @throws AppError `host_busy` naming the job
   */
  async assertFree(db: Db, hostId: string): Promise<void> {
    const run = await find(
      db,
      hostId,
      sql`(r.status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying')
        OR (r.status = 'indeterminate' AND r.resolved_at IS NULL))`,
    );
    if (run) throw new AppError('host_busy', `The host is busy in job ${run.number} "${run.name}".`);
  }
}

const find = (db: Db, hostId: string, holds: Sql): Promise<HoldingRun | undefined> =>
  queryOne(
    db,
    sql`SELECT j.number::int AS number, j.name FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
      WHERE r.host_id = ${hostId} AND ${holds} LIMIT 1`,
  );
