import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Logger } from '../logger/logger.js';
import { assertAppRole } from './app-role.js';
import { isDatabaseUnavailable } from './failure.js';
import { isSchemaCurrent } from './schema-state.js';

interface OpenOptions {
  dataSource: DataSource;
  logger: Logger;
  signal: AbortSignal;
}

/**
 * Connects, and waits as long as it takes for a database that is there and migrated; the process is `starting` until
 * then. A role with too many rights ends the start.
 */
export async function openDatabase({ dataSource, logger, signal }: OpenOptions): Promise<void> {
  for (let attempt = 0; !(await tryToOpen(dataSource, logger)); attempt += 1) {
    await delay(Math.min(100 * 2 ** attempt, 2_000), undefined, { signal });
  }
  await assertAppRole(dataSource.manager);
}

async function tryToOpen(dataSource: DataSource, logger: Logger): Promise<boolean> {
  try {
    if (!dataSource.isInitialized) await dataSource.initialize();
    const isCurrent = await isSchemaCurrent(dataSource.manager);
    if (!isCurrent) logger.info({}, 'waiting for migrations');
    return isCurrent;
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    logger.warn({ err: error }, 'waiting for the database');
    return false;
  }
}
