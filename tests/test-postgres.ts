import { startEmbeddedPostgres } from '../apps/server/src/supervisor/embedded-postgres.js';
import type { EmbeddedPostgres } from '../apps/server/src/supervisor/embedded-postgres.js';

/** A real PostgreSQL in a directory of its own; one that was stopped there comes back with its data and its port. */
export async function startTestPostgres(dataDirectory: string): Promise<EmbeddedPostgres> {
  return await startEmbeddedPostgres({
    dataDirectory,
    uid: process.getuid?.() ?? -1,
    signal: (pid, name) => process.kill(pid, name),
    onLine: () => undefined,
    onCrash: (how) => process.stderr.write(`the PostgreSQL of the tests ended: ${how}\n`),
    // Nothing here outlives the run, so nothing has to reach the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
}
