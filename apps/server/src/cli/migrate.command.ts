import { readConfig, requireUrl } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import { migrate } from '../platform/database/migrate.js';
import type { Command } from './command.js';

/** `patchgate migrate`: brings the schema up to date as its owner, and says what ran. */
export const migrateDatabase: Command = async ({ env, stdout }) => {
  const config = readConfig(env);
  const migrationUrl = requireUrl(config.migrationDatabaseUrl, 'PATCHGATE_MIGRATION_DATABASE_URL');
  const appUrl = requireUrl(config.databaseUrl, 'DATABASE_URL');
  const ran = await migrate({
    migrationUrl,
    appRole: decodeURIComponent(new URL(appUrl).username),
    clock: new SystemClock(),
  });
  stdout.write(ran.length === 0 ? 'nothing to migrate\n' : `${ran.join('\n')}\n`);
  return 0;
};
