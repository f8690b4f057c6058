import sql from 'sql-template-tag';
import { ConfigError } from '../../config/config-error.js';
import { queryOne } from './query.js';
import type { Db } from './query.js';

interface Rights {
  role: string;
  is_superuser: boolean;
  can_create: boolean;
  can_rewrite_audit: boolean;
  owns_tables: boolean;
}

/**
 * Refuses to run with more rights than the app role has (SEC-O1): with them, one flaw in a statement could rewrite the
 * audit trail or the schema.
 *
 * @throws ConfigError naming the role and what it can do
 */
export async function assertAppRole(db: Db): Promise<void> {
  const rights = await queryOne<Rights>(
    db,
    sql`SELECT current_user AS role, r.rolsuper AS is_superuser,
      has_schema_privilege('public', 'CREATE') AS can_create,
      has_table_privilege('audit_log', 'INSERT, UPDATE, DELETE, TRUNCATE') AS can_rewrite_audit,
      EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user) AS owns_tables
      FROM pg_roles r WHERE r.rolname = current_user`,
  );
  if (!rights) throw new Error('the database does not say who we are');
  const excess = [
    rights.is_superuser && 'is a superuser',
    rights.can_create && 'can create in schema public',
    rights.owns_tables && 'owns tables',
    rights.can_rewrite_audit && 'can change audit_log',
  ].filter((reason) => reason !== false);
  if (excess.length === 0) return;
  throw new ConfigError(
    'DATABASE_URL',
    `role ${rights.role}, which ${excess.join(', ')}`,
    'the app role, which owns nothing; migrations use PATCHGATE_MIGRATION_DATABASE_URL',
  );
}
