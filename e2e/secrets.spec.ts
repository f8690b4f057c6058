import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findSecrets } from '../tests/find-secrets.js';
import type { Haystack } from '../tests/find-secrets.js';
import { readCanaries } from './canaries.js';
import { readInstalledSecrets } from './installed-secrets.js';
import { expect, test } from './patchgate.fixture.js';
import { readReceived } from './received.js';
import { asWorker } from './seeded-jobs.js';

const dataDirectory = process.env.PATCHGATE_E2E_DATA_DIR ?? '';

test('SEC-R1 after all tests no secret is in a log, an answer, the trail or a dump of the database', async () => {
  test.setTimeout(120_000);
  const planted = Object.entries(readCanaries()).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  const secrets = [...planted, ...(await readInstalledSecrets(dataDirectory))];
  expect(secrets.filter(({ bytes }) => bytes.length < 16)).toEqual([]);
  // Twelve kinds; what is sealed is a check's password, the key of the authority and that of the manager at least.
  expect(secrets.length).toBeGreaterThanOrEqual(15);

  const [logs, received, dump] = [readLogs(), readReceived(), await dumpDatabase()];
  expect(textOf(logs)).toContain('api ready');
  expect(textOf(received)).toMatch(/"fqdn":"[^"]+\.example\.org"/);
  expect(textOf(received)).toMatch(/^event: host$/m);
  expect(textOf(dump)).toMatch(/"action": "health_check.create"[^\n]*Canary sings/);

  expect(findSecrets(secrets, [...logs, ...received, ...dump])).toEqual([]);
});

const textOf = (haystacks: readonly Haystack[]): string => haystacks.map(({ text }) => text).join('\n');

/** Of the server that the tests share, and of those that some had for themselves. */
function readLogs(): Haystack[] {
  const directories = [path.join(dataDirectory, 'logs'), process.env.PATCHGATE_E2E_KEPT_LOGS ?? ''];
  return directories.flatMap((directory) =>
    readdirSync(directory).map((name) => ({
      name: `the log ${name}`,
      text: readFileSync(path.join(directory, name), 'utf8'),
    })),
  );
}

/** Every row of every table, the trail included. */
async function dumpDatabase(): Promise<Haystack[]> {
  return await asWorker(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      // Partitions are read through their tables.
      `SELECT quote_ident(relname) AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    const dump: Haystack[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
      dump.push({ name: `the table ${name}`, text: rows.map(({ row }) => row).join('\n') });
    }
    return dump;
  });
}
