import { superuserName } from './postgres-cluster.js';
import type { PostgresCredentials } from './postgres-credentials.js';
import { appName, databaseName, migratorName } from './postgres-roles.js';

export interface PostgresUrls {
  readonly superuserUrl: string;
  readonly migrationUrl: string;
  readonly appUrl: string;
}

export function connectionUrls(port: number, credentials: PostgresCredentials): PostgresUrls {
  const url = (role: string, password: string, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    superuserUrl: url(superuserName, credentials.superuser, 'postgres'),
    migrationUrl: url(migratorName, credentials.migrator, databaseName),
    appUrl: url(appName, credentials.app, databaseName),
  };
}
