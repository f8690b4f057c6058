import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { seedJob } from '../runs/seed-runs.fixture.js';
import type { SeededJob } from '../runs/seed-runs.fixture.js';
import type { SeededStateName } from '../runs/seeded-states.fixture.js';

const minuteMs = 60_000;
const now = new Date();

let api: TestApi;
let operator: TestCaller;
let omar: string;
beforeAll(async () => {
  api = await startTestApi();
  const { caller, id } = await api.createUser('omar', 'operator');
  [operator, omar] = [caller, id];
});
afterAll(() => api.close());

const addGroup = async (name: string): Promise<string> =>
  String((await api.admin.post('/groups', { name })).id);

let hosts = 0;
async function addHost(groupId?: string): Promise<string> {
  hosts += 1;
  const host = { fqdn: `web-${hosts}.example.org`, address: `10.0.1.${hosts}` };
  const group_ids = groupId === undefined ? [] : [groupId];
  return String((await api.admin.post('/hosts', { ...host, group_ids })).id);
}

/** A window that opened some minutes ago, or will open. */
async function addWindow(scope: object, openedAgo: number): Promise<string> {
  const starts_at = new Date(now.getTime() - openedAgo * minuteMs).toISOString().slice(0, 16);
  const rule = { time_zone: 'UTC', starts_at, duration_minutes: 120, recurrence: { freq: 'once' } };
  return String((await api.admin.post('/maintenance-windows', { name: 'tonight', ...rule, ...scope })).id);
}

const order = (runs: Record<string, SeededStateName>, schedule: 'now' | 'window' = 'window') =>
  seedJob(api.app.get(DataSource), {
    ...{ createdBy: omar, now, schedule },
    runs: Object.entries(runs).map(([hostId, state]) => ({ hostId, state })),
  });

const activity = async (caller: TestCaller) => (await caller.ok('/maintenance-windows/activity')).items;
const jobOf = ({ id, number }: SeededJob) => ({ id, number });
const fiveMinutesOf = (minutesAgo: number): string => {
  const binMs = 5 * minuteMs;
  return new Date(Math.floor((now.getTime() - minutesAgo * minuteMs) / binMs) * binMs).toISOString();
};

it('is the live jobs of windows that are open, and the five minutes in which the gate was tried since', async () => {
  const groupId = await addGroup('prod-web');
  const [waiting, ended, alone, late] = [
    await addHost(groupId),
    await addHost(groupId),
    await addHost(),
    await addHost(),
  ];
  const open = await addWindow({ group_id: groupId }, 60);
  const ofHost = await addWindow({ host_id: alone }, 10);
  await addWindow({ host_id: late }, -30);
  await addWindow({ group_id: groupId, kind: 'blackout' }, 60);
  await addWindow({ group_id: groupId, enabled: false }, 60);
  expect(await activity(api.admin)).toEqual([]);

  const first = await order({ [waiting]: 'waiting', [alone]: 'waiting', [late]: 'queued' });
  await order({ [ended]: 'succeeded' });
  const items = await activity(api.admin);
  expect(items).toHaveLength(2);
  expect(items).toContainEqual({
    window_id: open,
    jobs: [jobOf(first)],
    // Of the run that waits, and of the one that was dispatched 22 minutes ago: an ended job is no longer named.
    attempted_at: [27, 22, 12, 7, 2].map(fiveMinutesOf),
  });
  expect(items).toContainEqual({
    window_id: ofHost,
    jobs: [jobOf(first)],
    attempted_at: [7, 2].map(fiveMinutesOf),
  });
});

it('SEC-A2: is told of hosts in reach only', async () => {
  const [seen, unseen] = [await addGroup('seen'), await addGroup('unseen')];
  await api.admin.ok(`/groups/${seen}/users/${omar}`, { method: 'PUT' });
  const both = await addHost(seen);
  await api.admin.ok(`/groups/${unseen}/hosts/${both}`, { method: 'PUT' });
  const foreign = await addHost(unseen);
  const [open] = [await addWindow({ group_id: seen }, 60), await addWindow({ group_id: unseen }, 60)];
  await order({ [foreign]: 'waiting' });
  expect(await activity(operator)).toEqual([]);
  const job = await order({ [both]: 'dispatching' });
  expect(await activity(operator)).toEqual([
    { window_id: open, jobs: [jobOf(job)], attempted_at: [fiveMinutesOf(0)] },
  ]);
});

it('leaves out runs that start by themselves and not by a window', async () => {
  const host = await addHost();
  const window = await addWindow({ host_id: host }, 60);
  await order({ [host]: 'waiting' }, 'now');
  const items = (await activity(api.admin)) as { window_id: string }[];
  expect(items.map(({ window_id }) => window_id)).not.toContain(window);
});
