import type { QueryRunner } from 'typeorm';

/** The audit trail is written through `audit_append` alone, the list of migrations by the migrator. */
const readOnly = ['audit_log', 'audit_head', 'migrations'];

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Gives the app role what it needs and no more (SEC-O1): it owns nothing, creates nothing, and cannot rewrite the audit
 * trail. Runs after every migration, so that a new table is never forgotten.
 */
export async function grantAppRole(runner: QueryRunner, appRole: string): Promise<void> {
  const role = quoted(appRole);
  const statements = [
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${role}`,
    ...readOnly.map((table) => `REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ${table} FROM ${role}`),
  ];
  for (const statement of statements) await runner.query(statement);
}
