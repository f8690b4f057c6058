import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { expect, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { channel } from '../../platform/events/publish.js';
import { newId } from '../../platform/ids/new-id.js';
import type { MeasuredResult } from './measured-result.js';
import { ResultRecorder } from './result-recorder.js';

export const start = new Date('2026-03-26T10:30:00.000Z');
export const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
export const config = { pollIntervalMs: 300_000, checkTimeoutMs: 10_000 };

/** A recorder on a database of its own, as the app role, with an ear for what it tells. */
export async function openRecorder() {
  const database = await createTestDatabase();
  const app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await admin.query(`LISTEN ${channel}`);
  const heard: string[] = [];
  admin.on('notification', ({ payload = '' }) => heard.push(payload));
  const clock = new MovedClock(start);
  const recorder = new ResultRecorder(clock, config);
  await recorder.ensurePartitions(app.manager);
  const rows = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await admin.query<Record<string, unknown>>(text, values)).rows;
  const told = async (): Promise<string[]> => {
    // Notifications come in order, so what was sent before this one has come.
    await admin.query(`SELECT pg_notify('${channel}', 'end')`);
    await vi.waitFor(() => expect(heard.at(-1)).toBe('end'));
    return heard.splice(0).filter((payload) => payload !== 'end');
  };
  const changed = (hosts: readonly SeededHost[]) =>
    app.transaction((db) =>
      recorder.checksChanged(
        db,
        hosts.map(({ id }) => id),
      ),
    );
  return {
    app,
    clock,
    recorder,
    rows,
    told,
    changed,
    record: (results: readonly MeasuredResult[]) => app.transaction((db) => recorder.record(db, results)),
    stateOf: async (checkId: string) =>
      (await rows('SELECT * FROM health_check_state WHERE check_id = $1', [checkId]))[0]!,
    healthOf: async (hostId: string) =>
      (await rows('SELECT * FROM host_health WHERE host_id = $1', [hostId]))[0]!,
    seedOne: async (checks = 1): Promise<SeededHost> => {
      const [host] = await seedHosts(app, 1, checks);
      await changed([host!]);
      await told();
      return host!;
    },
    close: async () => {
      await admin.end();
      await app.destroy();
      await database.drop();
    },
  };
}

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
