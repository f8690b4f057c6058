import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { SystemClock } from '../apps/server/src/platform/clock/clock.js';
import { migrate } from '../apps/server/src/platform/database/migrate.js';
import { appName } from '../apps/server/src/supervisor/postgres-roles.js';
import { startTestPostgres } from './test-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { superuserUrl: string; migrationUrl: string; appUrl: string };
  }
}

/** One PostgreSQL for all files of a project; its migrated database is the template that every test copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.umask(0o022);
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-test-'));
  try {
    await chmod(directory, 0o711);
    const postgres = await startTestPostgres(directory);
    const { superuserUrl, migrationUrl, appUrl } = postgres;
    await migrate({ migrationUrl, appRole: appName, clock: new SystemClock() });
    project.provide('postgres', { superuserUrl, migrationUrl, appUrl });
    return async () => {
      await postgres.stop();
      await rm(postgres.home, { recursive: true, force: true });
      await rm(directory, { recursive: true, force: true });
    };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}
