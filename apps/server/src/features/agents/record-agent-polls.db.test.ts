import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimAll, health, info, openAgents, patch, pollOf } from './agents.fixture.js';
import { claimDueAgents } from './due-agents.repository.js';
import { replacePatches } from './host-patches.repository.js';

let agents: Awaited<ReturnType<typeof openAgents>>;
beforeAll(async () => {
  agents = await openAgents();
});
afterAll(() => agents.close());
beforeEach(async () => {
  await agents.rows('DELETE FROM hosts');
  await agents.told();
});

const hostOf = async (id: string) =>
  (await agents.rows<Record<string, unknown>>('SELECT * FROM hosts WHERE id = $1', [id]))[0]!;
const agentOf = async (id: string) =>
  (await agents.rows<Record<string, unknown>>('SELECT * FROM host_agents WHERE host_id = $1', [id]))[0]!;
const again = async (found: Parameters<typeof agents.poll>[0]) => {
  await agents.dueAgain();
  return agents.poll(found);
};
const failure = { kind: 'unreachable', detail: 'connection refused' } as const;
const gone = { status: 'unreachable', failure, health: null, info: null } as const;
const listed = (...patches: ReturnType<typeof patch>[]) => ({
  inventory: { kind: 'listed', patches } as const,
});

describe('what a poll finds of a host', () => {
  test('is written, told once, and not told again while it is the same', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll();
    expect(await hostOf(id!)).toMatchObject({
      ...{ agent_status: 'connected', agent_version: '0.1.0', capabilities: ['idempotent-runs'] },
      ...{ boot_id: health.boot_id, pending_reboot: false, os: info.os, os_version: '12', kernel: '6.1.0' },
      ...{ architecture: 'x86_64', patches_total: null, patches_security: null },
    });
    expect(await agentOf(id!)).toMatchObject({
      agent_epoch: 'epoch-1',
      uptime_seconds: '60',
      last_failure: null,
    });
    expect((await agents.told()).sort()).toEqual([
      JSON.stringify({ topic: 'host', ids: [id] }),
      JSON.stringify({ topic: 'overview', ids: [id] }),
    ]);
    await again({ health: { ...health, uptime_seconds: 360 } });
    expect(await agents.told()).toEqual([]);
    expect(await agentOf(id!)).toMatchObject({ uptime_seconds: '360' });
  });

  test('is told for those hosts only that are otherwise than before', async () => {
    const ids = await agents.addHosts(5);
    await agents.poll();
    await agents.told();
    await agents.dueAgain();
    const claims = await claimDueAgents(agents.db, claimAll);
    const bootId = '99999999-2222-3333-4444-555555555555';
    const polls = claims.map((claim) =>
      claim.hostId === ids[2] ? pollOf({ ...claim, health: { ...health, boot_id: bootId } }) : pollOf(claim),
    );
    await agents.record(polls);
    expect(await agents.told()).toEqual([JSON.stringify({ topic: 'host', ids: [ids[2]] })]);
    expect(await hostOf(ids[2]!)).toMatchObject({ boot_id: bootId });
  });

  test('an agent that is gone leaves what is known of its host, and says why', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll();
    const seen = (await agentOf(id!)).last_seen_at;
    await again(gone);
    expect(await hostOf(id!)).toMatchObject({
      agent_status: 'unreachable',
      agent_version: '0.1.0',
      os: info.os,
    });
    expect(await agentOf(id!)).toMatchObject({
      ...{ last_failure: 'unreachable', last_failure_detail: 'connection refused', agent_epoch: 'epoch-1' },
      last_seen_at: seen,
    });
    await agents.told();
    await again(gone);
    expect(await agents.told()).toEqual([]);
    await again({ ...gone, failure: { ...failure, detail: 'the certificate has expired' } });
    expect(await agents.told()).toEqual([JSON.stringify({ topic: 'host', ids: [id] })]);
    await again({});
    expect(await agentOf(id!)).toMatchObject({ last_failure: null, last_failure_detail: null });
  });

  test('a worker in doubt of itself says why, and leaves the state of the host', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll();
    await again({ ...gone, status: null });
    expect(await hostOf(id!)).toMatchObject({ agent_status: 'connected' });
    expect(await agentOf(id!)).toMatchObject({ last_failure: 'unreachable' });
  });

  test('a pending reboot that is not told any more is not known any more', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll({ info: { ...info, pending_reboot: true } });
    expect(await hostOf(id!)).toMatchObject({ pending_reboot: true });
    await again({ info: { ...info, pending_reboot: null, kernel: null } });
    expect(await hostOf(id!)).toMatchObject({ pending_reboot: null, kernel: '6.1.0' });
  });

  test('a host that is deleted meanwhile does not keep the others from being written', async () => {
    const ids = await agents.addHosts(2);
    const claims = await claimDueAgents(agents.db, claimAll);
    await agents.rows('DELETE FROM hosts WHERE id = $1', [ids[0]]);
    await agents.record(claims.map((claim) => pollOf({ ...claim, ...listed(patch('a')) })));
    expect(await hostOf(ids[1]!)).toMatchObject({ agent_status: 'connected', patches_total: 1 });
  });
});

describe('an inventory', () => {
  const patches = (id: string) =>
    agents.rows(
      'SELECT name, available_version, security FROM host_patches WHERE host_id = $1 ORDER BY name',
      [id],
    );

  test('writes what is new, changes what is other, and deletes what is gone', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll(listed(patch('a'), patch('b', { security: true }), patch('c')));
    expect(await hostOf(id!)).toMatchObject({ patches_total: 3, patches_security: 1 });
    await again(listed(patch('a'), patch('b', { available_version: '2.0', security: true }), patch('d')));
    expect(await patches(id!)).toEqual([
      { name: 'a', available_version: '1.1', security: false },
      { name: 'b', available_version: '2.0', security: true },
      { name: 'd', available_version: '1.1', security: false },
    ]);
    await agents.told();
    await again(listed(patch('a'), patch('b', { available_version: '2.1', security: true }), patch('d')));
    // The numbers are the same, and the list is another.
    expect(await agents.told()).toEqual([JSON.stringify({ topic: 'host', ids: [id] })]);
    await again(listed());
    expect(await patches(id!)).toEqual([]);
    expect(await hostOf(id!)).toMatchObject({ patches_total: 0, patches_security: 0 });
  });

  test('that is as it was writes no row at all', async () => {
    const [id] = await agents.addHosts(1);
    const list = Array.from({ length: 50 }, (_, n) =>
      patch(`package-${n}`, { severity: null, current_version: null }),
    );
    await agents.poll(listed(...list));
    const state = () =>
      agents.rows('SELECT name, xmin, xmax, ctid FROM host_patches WHERE host_id = $1 ORDER BY name', [id]);
    const before = await state();
    await again(listed(...list.toReversed()));
    expect(await state()).toEqual(before);
    await again(listed(...list.with(7, patch('package-7', { available_version: '3' }))));
    const after = await state();
    expect(after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]))).toHaveLength(
      1,
    );
  });

  test('of an agent that does not tell what is about security counts as not known, unless there is none', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll(listed(patch('openssl', { severity: 'critical', security: null })));
    expect(await hostOf(id!)).toMatchObject({ patches_total: 1, patches_security: null });
    await again(listed());
    expect(await hostOf(id!)).toMatchObject({ patches_total: 0, patches_security: 0 });
  });

  test('that fails keeps what is known, says why, and is tried again soon', async () => {
    const [id] = await agents.addHosts(1);
    await agents.poll(listed(patch('a')));
    await again({ inventory: { kind: 'failed', detail: 'apt is locked' } });
    expect(await patches(id!)).toHaveLength(1);
    expect(await agentOf(id!)).toMatchObject({ inventory_failure: 'apt is locked' });
    const due = (await agentOf(id!)).next_inventory_at as Date;
    expect(due.getTime() - Date.now()).toBeLessThan(300_000);
    await again(listed(patch('a')));
    expect(await agentOf(id!)).toMatchObject({ inventory_failure: null });
  });

  test('of a host that goes while it is written is left out, and the others are written', async () => {
    const [id] = await agents.addHosts(1);
    const lists = [randomUUID(), id!].map((hostId) => ({ hostId, patches: [patch('a')] }));
    await agents.app.transaction((db) => replacePatches(db, lists));
    expect(await agents.rows('SELECT host_id FROM host_patches')).toEqual([{ host_id: id }]);
  });

  test('of 20,000 packages is written and read within seconds', async () => {
    const [id] = await agents.addHosts(1);
    const list = Array.from({ length: 20_000 }, (_, n) => patch(`package-${n}`));
    const startedAt = performance.now();
    await agents.poll(listed(...list));
    await again(listed(...list.slice(1)));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await hostOf(id!)).toMatchObject({ patches_total: 19_999 });
  });
});
