import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { databaseName, grantDatabase, migratorName } from '../apps/server/src/supervisor/postgres-roles.js';

export interface TestDatabase {
  /** As the api and the worker connect: may use the tables, owns nothing. */
  readonly appUrl: string;
  /** As migrations connect: owns everything. */
  readonly migrationUrl: string;
  /** Superuser, for what a test has to arrange behind the back of both. */
  readonly adminUrl: string;
  readonly drop: () => Promise<void>;
}

/** A migrated database of its own, copied from the template; drop it in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const postgres = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(postgres.superuserUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${databaseName} OWNER ${migratorName}`);
    await grantDatabase(client, name);
  });
  const within = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    appUrl: within(postgres.appUrl),
    migrationUrl: within(postgres.migrationUrl),
    adminUrl: within(postgres.superuserUrl),
    drop: () =>
      asSuperuser(postgres.superuserUrl, async (client) => {
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }),
  };
}

async function asSuperuser(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
