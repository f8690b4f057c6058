import type { PatchReading } from '@patchgate/agent-client';
import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface ListedPatches {
  readonly hostId: string;
  /** Each package once. */
  readonly patches: readonly PatchReading[];
}

const told = (row: Sql): Sql =>
  sql`(${row}.current_version, ${row}.available_version, ${row}.severity, ${row}.security, ${row}.requires_reboot)`;

/**
 * Which of the hosts have other patches than are stored. It only looks: of a list that is as it was, nothing is locked or
 * written, and most are.
 */
export async function findChangedLists(db: Db, lists: readonly ListedPatches[]): Promise<Set<string>> {
  const rows = await query<{ host_id: string }>(
    db,
    sql`WITH given AS (${given(lists)})
      SELECT DISTINCT COALESCE(p.host_id, g.host_id) AS host_id
      FROM given g FULL JOIN (SELECT * FROM host_patches WHERE host_id = ANY (${hostsOf(lists)}::uuid[])) p
        ON p.host_id = g.host_id AND p.name = g.name
      WHERE p.name IS NULL OR g.name IS NULL OR ${told(sql`p`)} IS DISTINCT FROM ${told(sql`g`)}`,
  );
  return new Set(rows.map(({ host_id }) => host_id));
}

/** Makes the lists what they are now: what is gone goes, what is new or other is written, the rest is not touched. */
export async function replacePatches(db: Db, lists: readonly ListedPatches[]): Promise<void> {
  // A host that is being deleted takes no more patches, and one that is here stays until this is done.
  const hosts = await query<{ id: string }>(
    db,
    sql`SELECT id FROM hosts WHERE id = ANY (${hostsOf(lists)}::uuid[]) ORDER BY id FOR KEY SHARE`,
  );
  const kept = new Set(hosts.map(({ id }) => id));
  const present = lists.filter(({ hostId }) => kept.has(hostId));
  await execute(
    db,
    sql`DELETE FROM host_patches p WHERE p.host_id = ANY (${hostsOf(present)}::uuid[])
      AND NOT EXISTS (SELECT FROM (${given(present)}) g WHERE g.host_id = p.host_id AND g.name = p.name)`,
  );
  await execute(
    db,
    sql`INSERT INTO host_patches AS p (host_id, name, current_version, available_version, severity, security, requires_reboot)
      SELECT g.* FROM (${given(present)}) g LEFT JOIN host_patches p ON p.host_id = g.host_id AND p.name = g.name
      WHERE p.name IS NULL OR ${told(sql`p`)} IS DISTINCT FROM ${told(sql`g`)} ORDER BY g.host_id, g.name
      ON CONFLICT (host_id, name) DO UPDATE SET current_version = EXCLUDED.current_version,
        available_version = EXCLUDED.available_version, severity = EXCLUDED.severity, security = EXCLUDED.security,
        requires_reboot = EXCLUDED.requires_reboot`,
  );
}

const hostsOf = (lists: readonly ListedPatches[]): string[] => lists.map(({ hostId }) => hostId).toSorted();

function given(lists: readonly ListedPatches[]): Sql {
  const rows = lists.flatMap(({ hostId, patches }) => patches.map((patch) => ({ hostId, ...patch })));
  return sql`SELECT * FROM unnest(${rows.map(({ hostId }) => hostId)}::uuid[], ${rows.map(({ name }) => name)}::text[],
      ${rows.map(({ current_version }) => current_version)}::text[],
      ${rows.map(({ available_version }) => available_version)}::text[],
      ${rows.map(({ severity }) => severity)}::text[], ${rows.map(({ security }) => security)}::boolean[],
      ${rows.map(({ requires_reboot }) => requires_reboot)}::boolean[])
    AS g (host_id, name, current_version, available_version, severity, security, requires_reboot)`;
}
