import type { DataSource } from 'typeorm';
import { newId } from '../../platform/ids/new-id.js';
import type { MeasuredResult } from './measured-result.js';

export interface SeededHost {
  readonly id: string;
  readonly checkIds: readonly string[];
}

/** Hosts with checks that have never been measured, written straight into the tables. */
export async function seedHosts(db: DataSource, hosts: number, checksEach: number): Promise<SeededHost[]> {
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
    'INSERT INTO host_health (host_id, fqdn, phase) SELECT id, id::text, 0 FROM unnest($1::uuid[]) id',
    [ids],
  );
  const checks = seeded.flatMap(({ id, checkIds }) =>
    checkIds.map((checkId, slot) => ({ id, checkId, slot: slot + 1 })),
  );
  await db.query(
    `INSERT INTO host_health_checks (id, host_id, slot, name, check_type, service_name, ignore_cert_errors, created_at, updated_at)
     SELECT check_id, host_id, slot, 'nginx', 'service', 'nginx', false, now(), now()
     FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS t (check_id, host_id, slot)`,
    [checks.map(({ checkId }) => checkId), checks.map(({ id }) => id), checks.map(({ slot }) => slot)],
  );
  return seeded;
}

/** A result of the first revision; what a test is about is said by it. */
export const measured = (
  { id, checkIds }: SeededHost,
  checked_at: Date,
  { check = 0, ...result }: Partial<MeasuredResult> & { check?: number } = {},
): MeasuredResult => ({
  check_id: checkIds[check]!,
  host_id: id,
  revision: 1,
  checked_at,
  healthy: true,
  suspect: false,
  reason: result.healthy === false ? 'connect' : 'ok',
  detail: result.healthy === false ? 'connection refused' : 'fine',
  latency_ms: 3,
  ...result,
});
