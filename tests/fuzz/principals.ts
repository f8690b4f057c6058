import { Client } from 'pg';
import type { TestApi } from '../../apps/server/src/api.fixture.js';
import { seedJob } from '../../apps/server/src/features/runs/seed-runs.fixture.js';
import type { SeededStateName } from '../../apps/server/src/features/runs/seeded-states.fixture.js';
import type { Operation } from './api-document.js';
import { Memory } from './reference.js';
import type { Viewer } from './visible-objects.js';

/** Somebody who sends requests, with the credential that he holds at the moment. */
export interface Principal {
  readonly name: string;
  readonly viewer: Viewer;
  readonly kind: 'session' | 'api_token' | 'none';
  credential: Record<string, string>;
}

interface Created {
  id: string;
}

/**
 * Two groups with three hosts each, one host in both and one group of nobody, each host with a check; the people who reach them; agents that want to
 * be hosts. The administrator is drawn most often, because only his requests make new objects.
 */
export async function settle(api: TestApi): Promise<Principal[]> {
  const { admin } = api;
  const omar = await api.createUser('omar-of-a', 'operator');
  const vera = await api.createUser('vera-of-a', 'viewer');
  const olga = await api.createUser('olga-of-b', 'operator');
  const group = async (name: string) => ((await admin.post('/groups', { name })) as unknown as Created).id;
  const [a, b, c] = [await group('group-a'), await group('group-b'), await group('group-c')];
  for (const user of [omar, vera]) await admin.ok(`/groups/${a}/users/${user.id}`, { method: 'PUT' });
  await admin.ok(`/groups/${b}/users/${olga.id}`, { method: 'PUT' });
  const hosts: [string, string[]][] = [
    ['a1.example.org', [a]],
    ['a2.example.org', [a]],
    ['b1.example.org', [b]],
    ['b2.example.org', [b]],
    ['both.example.org', [a, b]],
    ['lonely.example.org', []],
    // With nothing to do: these can be had for orders.
    ['idle-a.example.org', [a]],
    ['idle-b.example.org', [b]],
    ['idle-c.example.org', [c]],
    // Of which nobody knows what became of their patches.
    ['lost-a.example.org', [a]],
    ['lost-b.example.org', [b]],
  ];
  const hostIds: string[] = [];
  for (const [index, [fqdn, group_ids]] of hosts.entries()) {
    const host = { fqdn, address: `10.0.0.${index + 1}`, group_ids };
    const { id } = (await admin.post('/hosts', host)) as unknown as Created;
    hostIds.push(id);
    // No name may be a part of another: a text that has the one would be taken to name the other.
    const letter = String.fromCodePoint(97 + index);
    const check = { name: `nginx of host ${letter}`, check_type: 'service', service_name: 'nginx' };
    await admin.post(`/hosts/${id}/health-checks`, check);
    await listPatches(api, id, letter);
  }
  for (const scope of [{ group_id: a }, { group_id: c }, { host_id: hostIds[2] }]) {
    const nightly = { time_zone: 'Europe/Berlin', starts_at: '2026-01-01T02:00', duration_minutes: 90 };
    const window = { ...nightly, kind: 'maintenance', recurrence: { freq: 'daily' }, ...scope };
    await admin.post('/maintenance-windows', { ...window, name: `nights of ${Object.keys(scope)[0] ?? ''}` });
  }
  for (const n of [1, 2, 3, 4]) {
    const machine = {
      machine_id: `${n}`.repeat(32),
      fqdn: `new-${n}.example.org`,
      ip_address: `10.0.1.${n}`,
    };
    await api.stranger.ok('/enroll', { method: 'POST', body: machine });
  }
  const { items: waiting } = (await admin.ok('/admin/enrollments')) as unknown as { items: Created[] };
  await admin.post(`/admin/enrollments/${waiting[0]!.id}/approve`, { group_ids: [b] });
  await admin.post('/admin/enrollment-tokens', { group_id: a });
  const tokenOf = async (caller: typeof admin) => {
    const { token } = (await caller.post('/api-tokens', { name: 'token of the fuzzer' })) as {
      token: string;
    };
    return { authorization: `Bearer ${token}` };
  };
  const { user } = (await admin.ok('/auth/session')) as { user: Created };
  await patch(api, user.id, hostIds);
  const anna: Principal = {
    name: 'admin anna',
    viewer: user.id,
    kind: 'session',
    credential: admin.headers,
  };
  return [
    anna,
    anna,
    anna,
    {
      name: 'admin anna by token',
      viewer: user.id,
      kind: 'api_token',
      credential: await tokenOf(admin),
    },
    {
      name: 'operator omar of a',
      viewer: omar.id,
      kind: 'session',
      credential: omar.caller.headers,
    },
    {
      name: 'viewer vera of a by token',
      viewer: vera.id,
      kind: 'api_token',
      credential: await tokenOf(vera.caller),
    },
    {
      name: 'operator olga of b',
      viewer: olga.id,
      kind: 'session',
      credential: olga.caller.headers,
    },
    { name: 'stranger', viewer: undefined, kind: 'none', credential: {} },
  ];
}

/** Jobs of a, of b, of both and of neither, as a worker would have left them; a host in each has no run that is open. */
async function patch({ database }: TestApi, createdBy: string, hosts: readonly string[]): Promise<void> {
  const sql = new Client(database.adminUrl);
  await sql.connect();
  const job = (name: string, runs: readonly (readonly [number, SeededStateName])[]) =>
    seedJob(sql, {
      ...{ createdBy, name, schedule: 'now', now: new Date(), canary: 1, maxFailures: 1 },
      runs: runs.map(([host, state]) => ({ hostId: hosts[host]!, state })),
    });
  await job('a is patched', [
    [0, 'waiting'],
    [1, 'regressed'],
    [4, 'gate_window_closed'],
  ]);
  await job('b is patched', [
    [2, 'indeterminate'],
    [3, 'succeeded'],
    [9, 'indeterminate'],
    [10, 'indeterminate'],
  ]);
  await job('both are patched', [
    [4, 'running'],
    [1, 'resolved'],
    [3, 'patch_failed'],
  ]);
  await job('neither is patched', [[5, 'queued']]);
  await job('idle ones failed', [
    [6, 'regressed'],
    [7, 'patch_failed'],
    [8, 'gate_window_closed'],
  ]);
  await sql.query("UPDATE hosts SET agent_status = 'connected'");
  await sql.end();
}

/** As an agent would have told them; nobody reaches one here. */
async function listPatches({ admin, database }: TestApi, hostId: string, letter: string): Promise<void> {
  await admin.post(`/hosts/${hostId}/certificate`, {});
  const sql = new Client(database.adminUrl);
  await sql.connect();
  await sql.query(
    `INSERT INTO host_patches (host_id, name, available_version, security)
     SELECT $1, 'package-' || n || '-of-host-' || $2::text, '2.0', n = 1 FROM generate_series(1, 3) n`,
    [hostId, letter],
  );
  await sql.end();
}

/** What an administrator finds by looking around, one thing a page, so that there are cursors too. */
export async function lookAround({ admin }: TestApi, operations: readonly Operation[]): Promise<Memory> {
  const memory = new Memory();
  for (const { method, path, area, parameters } of operations) {
    if (method !== 'GET' || path.includes('{')) continue;
    const limits = parameters.some(({ name }) => name === 'limit') ? ['?limit=1', '?limit=200'] : [''];
    for (const limit of limits) memory.learn(area, await admin.ok(path.replace('/api/v1', '') + limit));
  }
  const { items: hosts } = (await admin.ok('/hosts?limit=200')) as unknown as { items: Created[] };
  for (const { id } of hosts) {
    memory.learn('health_checks', await admin.ok(`/hosts/${id}/health-checks`));
    memory.learn('hosts', await admin.ok(`/hosts/${id}/patches?limit=1`));
  }
  const { items: jobs } = (await admin.ok('/patch-jobs?limit=200')) as unknown as { items: Created[] };
  for (const { id } of jobs) memory.learn('patch_runs', await admin.ok(`/patch-jobs/${id}/hosts?limit=200`));
  return memory;
}
