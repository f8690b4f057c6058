import path from 'node:path';
import { spawnBound } from '../supervisor/spawn-bound.js';
import { dyingWithUs } from '../supervisor/system-user.js';
import { databaseVariables, without } from './patchgate-children.js';
import type { Program } from './patchgate-children.js';

/** In a process of its own: the supervisor lives for months and should not carry the migrations' memory. */
export async function migrateInChild(
  program: Program,
  urls: { migrationUrl: string; appUrl: string },
): Promise<void> {
  const lines: string[] = [];
  const command = [program.node, path.join(program.directory, 'main.cli.js'), 'migrate'];
  const child = spawnBound(dyingWithUs({}, 'TERM', command), {
    cwd: '/',
    environment: {
      ...without(program.environment, databaseVariables),
      PATCHGATE_DATA_DIR: program.config.dataDir,
      DATABASE_URL: urls.appUrl,
      PATCHGATE_MIGRATION_DATABASE_URL: urls.migrationUrl,
    },
    onLine: (line) => lines.push(line),
    stopWith: [{ signal: 'SIGKILL', patienceMs: 0 }],
  });
  const { code, how } = await child.exited;
  if (code !== 0) throw new Error(`migrating the database failed (${how}): ${lines.join('\n')}`);
}
