import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../config/config-error.js';
import { knownPostgresHome } from '../supervisor/postgres-home.js';
import { filesOfDemo } from './demo-places.js';

/** Of the supervisor, which holds its lock and writes its log while the rest is made anew. */
const kept = ['lock', 'logs'];

/**
 * That a directory is a demo's or nobody's yet. Whatever else is in it is left alone.
 *
 * @throws ConfigError when it holds anything else
 */
export function assertDemoDirectory(dataDir: string): void {
  const isDemo = existsSync(filesOfDemo({ dataDir }).mark);
  const isFree = !existsSync(dataDir) || readdirSync(dataDir).every((name) => kept.includes(name));
  if (isDemo || isFree) return;
  throw new ConfigError(
    'PATCHGATE_DATA_DIR',
    dataDir,
    'a directory of a demo, or none: what is in this one would be deleted with --demo',
  );
}

/**
 * That a directory is none of a demo: the next one would delete what a real installation keeps there.
 *
 * @throws ConfigError when it is
 */
export function assertNoDemoDirectory(dataDir: string): void {
  if (!existsSync(filesOfDemo({ dataDir }).mark)) return;
  const expected = 'another directory: this one is of a demo, which deletes what is in it';
  throw new ConfigError('PATCHGATE_DATA_DIR', dataDir, expected);
}

/** Each demo begins anew, so that the job that waits is always there. To be called under the directory's lock. */
export function emptyDemoDirectory(dataDir: string): void {
  const { mark } = filesOfDemo({ dataDir });
  if (existsSync(mark)) {
    rmSync(knownPostgresHome(dataDir), { recursive: true, force: true });
    for (const name of readdirSync(dataDir)) {
      if (!kept.includes(name) && path.join(dataDir, name) !== mark)
        rmSync(path.join(dataDir, name), { recursive: true, force: true });
    }
  }
  writeFileSync(mark, 'Made by `patchgate start --demo`, which deletes what is beside it at each start.\n');
}
