import { batchOf } from '@patchgate/domain';
import { newId } from '../../platform/ids/new-id.js';
import type { Queries } from '../results/seed-hosts.fixture.js';

export interface GateJobSeed {
  /** In the order of the roll-out. */
  readonly hostIds: readonly string[];
  readonly createdBy: string;
  readonly schedule?: 'now' | 'window';
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly canary?: number;
  readonly batchSize?: number | null;
  readonly maxInFlight?: number;
  readonly maxFailures?: number;
}

export interface SeededGateJob {
  readonly id: string;
  readonly runIds: readonly string[];
}

/** A job as it is created: no run of it was released yet. */
export async function seedGateJob(db: Queries, seed: GateJobSeed): Promise<SeededGateJob> {
  const { hostIds, schedule = 'now', opensAt, closesAt, canary = 0, batchSize = null } = seed;
  const id = newId();
  await db.query(
    `INSERT INTO patch_jobs (id, name, created_by, created_at, schedule, deadline_at, selection, exclude, group_ids,
       allow_reboot, canary, batch_size, max_in_flight, max_failures)
     VALUES ($1, 'at the gate', $2, now(), $3, $4, 'all', '{}', '{}', false, $5, $6, $7, $8)`,
    [
      ...[id, seed.createdBy, schedule, schedule === 'now' ? closesAt : null, canary, batchSize],
      ...[seed.maxInFlight ?? 10, seed.maxFailures ?? 0],
    ],
  );
  const runIds = hostIds.map(newId);
  await db.query(
    `INSERT INTO patch_job_hosts (id, job_id, host_id, position, batch, status, reason, window_opens_at, window_closes_at)
     SELECT id, $1, host_id, position - 1, batch, 'queued', CASE WHEN $5::timestamptz > now() THEN 'outside_window' END,
       $5, $6
     FROM unnest($2::uuid[], $3::uuid[], $4::int[]) WITH ORDINALITY AS t (id, host_id, batch, position)`,
    [
      ...[id, runIds, hostIds],
      ...[hostIds.map((_, position) => batchOf(position, { canary, batchSize })), opensAt, closesAt],
    ],
  );
  return { id, runIds };
}

export async function seedPerson(db: Queries, role: 'admin' | 'operator' | 'viewer'): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO users (id, username, display_name, role, password_hash, created_at, updated_at)
     VALUES ($1, $2, 'Anna', $3, 'none', now(), now())`,
    [id, `anna-${id}`, role],
  );
  return id;
}
