import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { newId } from '../../platform/ids/new-id.js';
import { HostWindows } from './host-windows.js';

const fleet = 10_000;
const groups = Array.from({ length: 20 }, newId);
const hosts = Array.from({ length: fleet }, newId);

let database: TestDatabase;
let admin: Client;
let app: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client(database.adminUrl);
  await admin.connect();
  app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  await admin.query(
    `INSERT INTO groups (id, name, description, created_at, updated_at)
      SELECT id, 'group ' || n, '', now(), now() FROM unnest($1::uuid[]) WITH ORDINALITY AS g (id, n)`,
    [groups],
  );
  await admin.query(
    `INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
      SELECT id, 'host-' || n || '.example.org', '10.0.0.0'::inet + n, 12443, now(), now()
      FROM unnest($1::uuid[]) WITH ORDINALITY AS h (id, n)`,
    [hosts],
  );
  await admin.query(
    `INSERT INTO group_hosts (group_id, host_id)
      SELECT ($1::uuid[])[1 + n % 20], id FROM unnest($2::uuid[]) WITH ORDINALITY AS h (id, n)`,
    [groups, hosts],
  );
  for (const group of groups) await add({ group_id: group });
});
afterAll(async () => {
  await app.destroy();
  await admin.end();
  await database.drop();
});

async function add(given: Record<string, unknown>): Promise<string> {
  const window: Record<string, unknown> = {
    id: newId(),
    name: 'nightly',
    kind: 'maintenance',
    time_zone: 'Europe/Berlin',
    starts_at: '2026-03-01T02:00',
    duration_minutes: 120,
    recurrence: JSON.stringify({ freq: 'daily' }),
    last_start_minutes: 0,
    enabled: true,
    created_at: new Date(0),
    updated_at: new Date(0),
    ...given,
  };
  const names = Object.keys(window);
  await admin.query(
    `INSERT INTO maintenance_windows (${names.join()}) VALUES (${names.map((_, at) => `$${at + 1}`).join()})`,
    Object.values(window),
  );
  return String(window.id);
}

const rulesOf = (ids: readonly string[]) => new HostWindows().rulesOf(app.manager, ids);

test('a host has its own windows and its groups’, enabled ones alone, and one without has none', async () => {
  const [first, second] = [hosts[0]!, hosts[20]!];
  const own = await add({ host_id: first, kind: 'blackout', starts_at: '2026-03-29T02:30' });
  await add({ host_id: first, enabled: false });
  const lonely = newId();
  const rules = await rulesOf([first, second, lonely]);
  expect(rules.get(first)).toHaveLength(2);
  expect(rules.get(first)?.find(({ id }) => id === own)).toEqual({
    id: own,
    kind: 'blackout',
    timeZone: 'Europe/Berlin',
    startsAt: '2026-03-29T02:30',
    durationMinutes: 120,
    recurrence: { freq: 'daily' },
    lastStartMinutes: 0,
    enabled: true,
  });
  expect(rules.get(second)).toHaveLength(1);
  expect(rules.get(lonely)).toEqual([]);
});

test('ten thousand hosts of twenty groups share twenty lists, and are read in well under a second', async () => {
  const startedAt = performance.now();
  const rules = await rulesOf(hosts.slice(1));
  const tookMs = performance.now() - startedAt;
  expect(rules.size).toBe(fleet - 1);
  expect(new Set(rules.values()).size).toBe(20);
  expect(tookMs).toBeLessThan(1_000);
});

test('a few hosts of many are found by the index', async () => {
  for (let added = 0; added < 200; added += 1) await add({ host_id: hosts[added] });
  await admin.query('ANALYZE maintenance_windows, group_hosts');
  const { rows } = await admin.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT w.id FROM group_hosts gh JOIN maintenance_windows w ON w.group_id = gh.group_id
      WHERE w.enabled AND gh.host_id = ANY ($1::uuid[])
      UNION ALL SELECT id FROM maintenance_windows w WHERE w.enabled AND w.host_id = ANY ($1::uuid[])`,
    [hosts.slice(0, 3)],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).not.toContain('Seq Scan on group_hosts');
  expect(plan).toContain('maintenance_windows_host_id_idx');
});

test.each([
  ['scope', {}],
  ['scope', { host_id: hosts[0], group_id: groups[0] }],
  ['kind', { host_id: hosts[0], kind: 'other' }],
  ['starts_at', { host_id: hosts[0], starts_at: '2026-03-01T02:00:30' }],
  ['starts_at', { host_id: hosts[0], starts_at: '1999-03-01T02:00' }],
  ['duration_minutes', { host_id: hosts[0], duration_minutes: 0 }],
  ['last_start_minutes', { host_id: hosts[0], last_start_minutes: 120 }],
  ['last_start_minutes', { host_id: hosts[0], kind: 'blackout', last_start_minutes: 1 }],
  ['recurrence', { host_id: hosts[0], recurrence: '{}' }],
  ['recurrence', { host_id: hosts[0], recurrence: '{"freq":"weekly","days":[]}' }],
  ['recurrence', { host_id: hosts[0], recurrence: '{"freq":"weekly"}' }],
  ['recurrence', { host_id: hosts[0], recurrence: '{"freq":"weekly","days":["mo"]}' }],
  ['recurrence', { host_id: hosts[0], recurrence: '{"freq":"monthly","on":"day"}' }],
  [
    'recurrence',
    { host_id: hosts[0], recurrence: '{"freq":"monthly","on":"weekday","nth":5,"weekday":"mon"}' },
  ],
] as const)('the database refuses a wrong %s: %o', async (constraint, given) => {
  await expect(add(given)).rejects.toThrow(`maintenance_windows_${constraint}_check`);
});
