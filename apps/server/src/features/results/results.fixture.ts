import { Client } from 'pg';
import { expect, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { channel } from '../../platform/events/publish.js';
import type { MeasuredResult } from './measured-result.js';
import { ResultRecorder } from './result-recorder.js';
import { seedHosts } from './seed-hosts.fixture.js';
import type { SeededHost } from './seed-hosts.fixture.js';

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
      const [host] = await seedHosts(app, { hosts: 1, checksEach: checks });
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
