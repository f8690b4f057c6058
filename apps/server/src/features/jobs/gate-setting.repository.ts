import sql from 'sql-template-tag';
import { queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** What the gate makes of a host without checks. */
export async function gateWithoutChecks(db: Db): Promise<'open' | 'hold'> {
  const row = await queryOne<{ value: unknown }>(
    db,
    sql`SELECT value FROM settings WHERE key = 'gate.no_checks'`,
  );
  return row?.value === 'hold' ? 'hold' : 'open';
}
