import { databaseVariables, without } from './patchgate-children.js';
import type { Program } from './patchgate-children.js';
import { runInChild } from './run-in-child.js';

export const migrateInChild = (
  program: Program,
  urls: { migrationUrl: string; appUrl: string },
): Promise<void> =>
  runInChild(program, 'migrate', {
    environment: {
      ...without(program.environment, databaseVariables),
      PATCHGATE_DATA_DIR: program.config.dataDir,
      DATABASE_URL: urls.appUrl,
      PATCHGATE_MIGRATION_DATABASE_URL: urls.migrationUrl,
    },
    what: 'migrating the database',
  });
