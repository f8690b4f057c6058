import { allMigrations } from '@patchgate/migrations';
import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock/clock.js';
import { grantAppRole } from './grant-app-role.js';

/** Any number, as long as nothing else in this database uses it for an advisory lock. */
const migrationLock = 7_205_759_403;

interface MigrateOptions {
  migrationUrl: string;
  /** The role processes run as; it gets its rights anew each time. */
  appRole: string;
  clock: Clock;
  /** How long to wait for another process that migrates. */
  waitMs?: number;
}

// Polled instead of waited for: a session blocked in pg_advisory_lock holds a snapshot, which would make a
// CREATE INDEX CONCURRENTLY of the process that migrates wait for it, and both for ever.
async function takeLock(runner: QueryRunner, clock: Clock, waitMs: number): Promise<void> {
  const deadline = clock.monotonicMs() + waitMs;
  for (;;) {
    const rows = (await runner.query('SELECT pg_try_advisory_lock($1) AS taken', [migrationLock])) as {
      taken: boolean;
    }[];
    if (rows[0]?.taken) return;
    if (clock.monotonicMs() > deadline)
      throw new Error(`another process has been migrating for ${waitMs} ms`);
    await delay(100);
  }
}

/**
 * Brings the schema up to date, once however many processes ask at the same time.
 *
 * @returns the names of the migrations that ran
 */
export async function migrate({
  migrationUrl,
  appRole,
  clock,
  waitMs = 60_000,
}: MigrateOptions): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: migrationUrl,
    applicationName: 'patchgate migrate',
    migrations: allMigrations,
    synchronize: false,
  });
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await takeLock(runner, clock, waitMs);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    await grantAppRole(runner, appRole);
    return ran.map(({ name }) => name);
  } finally {
    // The session ends with the pool, and the lock with the session.
    await runner.release();
    await dataSource.destroy();
  }
}
