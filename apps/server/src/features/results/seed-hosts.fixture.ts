import { newId } from '../../platform/ids/new-id.js';

/** A connection, whichever library it is of. */
export interface Queries {
  query: (text: string, values: unknown[]) => Promise<unknown>;
}

export interface SeededHost {
  readonly id: string;
  readonly checkIds: readonly string[];
}

interface Seed {
  hosts: number;
  checksEach?: number;
  /** What the checks of a host ask; without it they ask its agent for a service. */
  url?: (hostId: string) => string;
}

/** Hosts with checks that have never been measured, written straight into the tables. Nobody polls them yet. */
export async function seedHosts(db: Queries, { hosts, checksEach = 1, url }: Seed): Promise<SeededHost[]> {
  const seeded = Array.from({ length: hosts }, () => ({
    id: newId(),
    checkIds: Array.from({ length: checksEach }, newId),
  }));
  const ids = seeded.map(({ id }) => id);
  await db.query(
    `INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
     SELECT id, id::text, '10.0.0.0'::inet + (SELECT count(*) FROM hosts) + n, 12443, now(), now()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS t (id, n)`,
    [ids],
  );
  await db.query(
    `INSERT INTO host_health (host_id, fqdn, phase)
     SELECT id, id::text, abs(hashtextextended(id::text, 0) % 1000000)::int FROM unnest($1::uuid[]) id`,
    [ids],
  );
  const checks = seeded.flatMap(({ id, checkIds }) =>
    checkIds.map((checkId, slot) => ({ id, checkId, slot: slot + 1, url: url?.(id) ?? null })),
  );
  await db.query(
    `INSERT INTO host_health_checks (id, host_id, slot, name, check_type, service_name, url, expected_body,
       ignore_cert_errors, created_at, updated_at)
     SELECT check_id, host_id, slot, 'check ' || slot, CASE WHEN url IS NULL THEN 'service' ELSE 'http' END,
       CASE WHEN url IS NULL THEN 'nginx' END, url, CASE WHEN url IS NOT NULL THEN 'ready' END, false, now(), now()
     FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) AS t (check_id, host_id, slot, url)`,
    [
      checks.map(({ checkId }) => checkId),
      checks.map(({ id }) => id),
      checks.map(({ slot }) => slot),
      checks.map((check) => check.url),
    ],
  );
  return seeded;
}
