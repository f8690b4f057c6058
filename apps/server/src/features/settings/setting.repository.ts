import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { SettingKey, SettingValue } from './setting.js';

/** Undefined where nothing is stored. */
export async function findSetting(db: Db, key: SettingKey): Promise<unknown> {
  return (await queryOne<{ value: unknown }>(db, sql`SELECT value FROM settings WHERE key = ${key}`))?.value;
}

export async function storeSetting(db: Db, key: SettingKey, value: SettingValue, now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO settings (key, value, updated_at) VALUES (${key}, ${JSON.stringify(value)}::jsonb, ${now})
      ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
  );
}
