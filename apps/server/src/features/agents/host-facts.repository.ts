import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { AgentPoll } from './agent-poll.js';
import { countSecurity } from './count-security.js';

interface ChangedHost {
  hostId: string;
  isOtherStatus: boolean;
  isOtherCount: boolean;
}

/**
 * Writes what polls found into the hosts whose facts are others than before, and touches no other host at all. Of what an
 * agent did not tell, what was known stays, but for a pending reboot: that one is never taken from an older answer.
 */
export function updateHostFacts(db: Db, polls: readonly AgentPoll[]): Promise<ChangedHost[]> {
  const column = <T>(read: (poll: AgentPoll) => T): T[] => polls.map(read);
  const counts = polls.map(({ inventory }) =>
    inventory?.kind === 'listed'
      ? { total: inventory.patches.length, security: countSecurity(inventory.patches) }
      : null,
  );
  return query(
    db,
    sql`WITH given AS (
        SELECT * FROM unnest(${column(({ hostId }) => hostId)}::uuid[], ${column(({ status }) => status)}::text[],
          ${column(({ health }) => health !== null)}::boolean[], ${column(({ health }) => health?.version ?? null)}::text[],
          ${column(({ health }) => health?.capabilities.toSorted().join(',') ?? null)}::text[],
          ${column(({ health }) => health?.boot_id ?? null)}::text[], ${column(({ info }) => info !== null)}::boolean[],
          ${column(({ info }) => info?.os ?? null)}::text[], ${column(({ info }) => info?.os_version ?? null)}::text[],
          ${column(({ info }) => info?.kernel ?? null)}::text[], ${column(({ info }) => info?.architecture ?? null)}::text[],
          ${column(({ info }) => info?.pending_reboot ?? null)}::boolean[], ${counts.map((count) => count !== null)}::boolean[],
          ${counts.map((count) => count?.total ?? null)}::integer[], ${counts.map((count) => count?.security ?? null)}::integer[])
        AS g (id, status, has_health, version, capabilities, boot_id, has_info, os, os_version, kernel, architecture,
          pending_reboot, has_inventory, total, security)
      ), changed AS (
        SELECT h.id, n.*, h.agent_status AS was_status, h.patches_security AS was_security
        FROM given g JOIN hosts h ON h.id = g.id CROSS JOIN LATERAL (SELECT
          COALESCE(g.status, h.agent_status) AS status,
          CASE WHEN g.has_health THEN g.version ELSE h.agent_version END AS version,
          CASE WHEN g.has_health THEN string_to_array(g.capabilities, ',') ELSE h.capabilities END AS capabilities,
          CASE WHEN g.has_health THEN g.boot_id ELSE h.boot_id END AS boot_id,
          COALESCE(g.os, h.os) AS os, COALESCE(g.os_version, h.os_version) AS os_version,
          COALESCE(g.kernel, h.kernel) AS kernel, COALESCE(g.architecture, h.architecture) AS architecture,
          CASE WHEN g.has_info THEN g.pending_reboot ELSE h.pending_reboot END AS pending_reboot,
          CASE WHEN g.has_inventory THEN g.total ELSE h.patches_total END AS total,
          CASE WHEN g.has_inventory THEN g.security ELSE h.patches_security END AS security) AS n
        WHERE (h.agent_status, h.agent_version, h.capabilities, h.boot_id, h.os, h.os_version, h.kernel, h.architecture,
            h.pending_reboot, h.patches_total, h.patches_security)
          IS DISTINCT FROM (n.status, n.version, n.capabilities, n.boot_id, n.os, n.os_version, n.kernel, n.architecture,
            n.pending_reboot, n.total, n.security)
        ORDER BY h.id FOR NO KEY UPDATE OF h
      )
      UPDATE hosts h SET agent_status = c.status, agent_version = c.version, capabilities = c.capabilities,
        boot_id = c.boot_id, os = c.os, os_version = c.os_version, kernel = c.kernel, architecture = c.architecture,
        pending_reboot = c.pending_reboot, patches_total = c.total, patches_security = c.security
      FROM changed c WHERE h.id = c.id
      RETURNING h.id AS "hostId", c.was_status <> h.agent_status AS "isOtherStatus",
        c.was_security IS DISTINCT FROM h.patches_security AS "isOtherCount"`,
  );
}
