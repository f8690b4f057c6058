import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestCaller } from '../../api.fixture.js';
import { follow, names } from '../events/follower.fixture.js';
import { startRole } from '../../roles/role.fixture.js';
import { startFleet } from './fleet.fixture.js';
import type { FleetUnderTest } from './fleet.fixture.js';

const settings = { PATCHGATE_POLL_INTERVAL_SECONDS: '10', PATCHGATE_CHECK_TIMEOUT_MS: '1500' };
const patient = { timeout: 40_000, interval: 200 };

let under: FleetUnderTest;
let operator: TestCaller;
let groupId: string;
const hosts = { ours: '', theirs: '', impostor: '' };
beforeAll(async () => {
  under = await startFleet(settings);
  hosts.ours = await under.addHost('ours.example.org');
  hosts.theirs = await under.addHost('theirs.example.org', { dialect: 'public' });
  hosts.impostor = await under.addHost('impostor.example.org', { pair: await pairOf(hosts.ours) });
  const { id } = await under.api.admin.post('/groups', { name: 'web' });
  groupId = id as string;
  const user = await under.api.createUser('oscar', 'operator');
  operator = user.caller;
  await under.api.admin.ok(`/groups/${groupId}/users/${user.id}`, { method: 'PUT' });
  await under.api.admin.ok(`/groups/${groupId}/hosts/${hosts.ours}`, { method: 'PUT' });
});
afterAll(() => under.close());

/** A good certificate, of this host. */
async function pairOf(hostId: string) {
  const { server_crt, server_key } = await under.api.admin.post(`/hosts/${hostId}/certificate`, {});
  return { cert: server_crt, key: server_key };
}

/** With a worker that ends with the test. */
const withWorker = async () => {
  const worker = startRole('worker', under.api.database.appUrl, { ...under.settings });
  await worker.program.saying(/"worker ready"/);
  return worker;
};
const becomes = (hostId: string, expected: object) =>
  expect.poll(() => under.host(hostId), patient).toMatchObject(expected);
const refresh = (hostId: string) => under.api.admin.post(`/hosts/${hostId}/refresh`, {});
const patchesOf = async (hostId: string, query = '') =>
  (await under.api.admin.ok(`/hosts/${hostId}/patches${query}`)) as {
    items: { name: string }[];
    next_cursor: string | null;
    total: number;
  };

describe('without a worker', () => {
  test('a service is tested through the agent of either kind', async () => {
    for (const id of [hosts.ours, hosts.theirs]) {
      const path = `/hosts/${id}/health-checks/test`;
      const check = (service_name: string) => ({ name: 'nginx', check_type: 'service', service_name });
      expect(await under.api.admin.post(path, check('nginx'))).toMatchObject({
        ...{ healthy: true, reason: 'ok', detail: 'active (running)' },
        certificate: { problem: null },
      });
      expect(await under.api.admin.post(path, check('nothing'))).toMatchObject({ reason: 'service_unknown' });
      await under.script(id, { services: { nginx: false } });
      expect(await under.api.admin.post(path, check('nginx'))).toMatchObject({ reason: 'service_unhealthy' });
      await under.script(id, { services: { nginx: true } });
    }
  });

  test('a host without an agent has none to ask', async () => {
    const { id } = await under.api.admin.post('/hosts', { fqdn: 'bare.example.org', address: '10.9.9.9' });
    const path = `/hosts/${id as string}`;
    const reply = await under.api.admin.call(`${path}/refresh`, { method: 'POST', body: {} });
    expect(reply).toMatchObject({ status: 409, body: { code: 'no_agent' } });
    expect(await patchesOf(id as string)).toEqual({ items: [], next_cursor: null, total: 0 });
  });

  test('a host that has moved is asked at once, one that has another name is not', async () => {
    const { id } = await under.api.admin.post('/hosts', { fqdn: 'moved.example.org', address: '10.9.9.8' });
    const path = `/hosts/${id as string}`;
    await under.api.admin.post(`${path}/certificate`, {});
    const change = (body: object) => under.api.admin.ok(path, { method: 'PATCH', body });
    expect(await change({ fqdn: 'renamed.example.org' })).toMatchObject({ is_refreshing: false });
    expect(await change({ agent_port: 12_444 })).toMatchObject({ is_refreshing: true });
    await under.api.admin.ok(path, { method: 'DELETE' });
  });

  test('SEC-A2 a host of others is asked by nobody and shows nothing', async () => {
    for (const path of [`/hosts/${hosts.theirs}/patches`, `/hosts/${hosts.theirs}/refresh`]) {
      const call = path.endsWith('refresh') ? { method: 'POST', body: {} } : {};
      expect((await operator.call(path, call)).status).toBe(404);
    }
    expect((await operator.call(`/hosts/${hosts.ours}/refresh`, { method: 'POST', body: {} })).status).toBe(
      200,
    );
    const { items } = (await under.api.admin.ok('/audit-log?limit=50')) as { items: { action: string }[] };
    expect(items.filter(({ action }) => action === 'host.refresh')).toHaveLength(1);
  });
});

test(
  'a worker learns what hosts are and what they lack, and follows what changes',
  { timeout: 120_000 },
  async () => {
    await withWorker();
    await becomes(hosts.ours, {
      ...{ agent_status: 'connected', agent_version: '0.1.0', os_version: '12', kernel: '6.1.0-28-amd64' },
      ...{ architecture: 'x86_64', pending_reboot: false, patches_total: 2, patches_security: 1 },
      ...{
        capabilities: ['idempotent-runs', 'renew-certificate'],
        agent_failure: null,
        inventory_failure: null,
        is_refreshing: false,
      },
    });
    await becomes(hosts.theirs, {
      ...{ agent_status: 'connected', agent_version: '2.5.6', boot_id: null, capabilities: [] },
      // It only guesses what is about security.
      ...{ patches_total: 2, patches_security: null },
    });
    await becomes(hosts.impostor, { agent_status: 'unreachable', agent_version: null });
    const { agent_failure } = await under.host(hosts.impostor);
    expect(agent_failure).toMatchObject({ reason: 'unreachable' });
    expect((agent_failure as { detail: string }).detail).toContain('certificate is not for');
    const before = await under.host(hosts.ours);
    expect(new Date(before.agent_certificate_valid_to as string).getTime()).toBeGreaterThan(Date.now());
    expect(before.last_seen_at).not.toBeNull();

    expect((await patchesOf(hosts.ours)).items).toMatchObject([
      { name: 'openssl', security: true, requires_reboot: true, current_version: '3.0.14-1' },
      { name: 'tzdata', security: false },
    ]);
    expect((await patchesOf(hosts.theirs)).items[0]).toMatchObject({ security: null, current_version: null });
    const page = await patchesOf(hosts.ours, '?limit=1');
    expect(page).toMatchObject({ items: [{ name: 'openssl' }], total: 2 });
    expect(await patchesOf(hosts.ours, `?limit=1&cursor=${page.next_cursor ?? ''}`)).toMatchObject({
      ...{ items: [{ name: 'tzdata' }], next_cursor: null },
    });
    expect((await patchesOf(hosts.ours, '?only=security')).items).toHaveLength(1);
    expect((await patchesOf(hosts.ours, '?q=TZ')).items).toMatchObject([{ name: 'tzdata' }]);
    const withPatches = async (patches: string) => {
      const { items, total } = await under.api.admin.ok(`/hosts?patches=${patches}&sort=fqdn`);
      return { names: (items as { fqdn: string }[]).map(({ fqdn }) => fqdn), total };
    };
    expect(await withPatches('security')).toEqual({ names: ['ours.example.org'], total: 1 });
    expect(await withPatches('any')).toEqual({ names: ['ours.example.org', 'theirs.example.org'], total: 2 });
    expect(await withPatches('none')).toEqual({ names: [], total: 0 });

    const events = await follow(under.api.admin, under.api.url);
    const patch = { name: 'curl', current_version: '1', available_version: '2', security: false };
    await under.script(hosts.ours, { patches: [{ ...patch, requires_reboot: false }] });
    expect(await refresh(hosts.ours)).toMatchObject({ is_refreshing: true });
    await becomes(hosts.ours, { is_refreshing: false, patches_total: 1, patches_security: 0 });
    expect((await patchesOf(hosts.ours)).items).toMatchObject([{ name: 'curl' }]);
    await events.hears('host', names(hosts.ours));

    const changes = async (script: object, expected: object) => {
      await under.script(hosts.ours, script);
      await refresh(hosts.ours);
      await becomes(hosts.ours, { is_refreshing: false, ...expected });
    };
    await changes(
      { bad_answer: 'plain_500' },
      { agent_status: 'unreachable', agent_failure: { reason: 'failed' }, os_version: '12' },
    );
    const refused = { reason: 'unreachable', detail: 'connection refused' };
    await changes({ bad_answer: null, is_down: true }, { agent_failure: refused });
    await changes(
      { is_down: false, latency_ms: 300 },
      { agent_status: 'connected', agent_failure: null, boot_id: before.boot_id },
    );

    // Its agent goes on, and is not believed any more.
    const { items } = (await under.api.admin.ok('/admin/agent-certificates?limit=50')) as {
      items: { id: string; host: { id: string } | null }[];
    };
    const theirs = items.find(({ host }) => host?.id === hosts.theirs);
    await under.api.admin.ok(`/admin/agent-certificates/${theirs?.id ?? ''}`, { method: 'DELETE' });
    await becomes(hosts.theirs, {
      ...{ agent_status: 'unreachable', agent_version: '2.5.6' },
      agent_failure: { reason: 'unreachable', detail: 'the certificate was revoked' },
    });
  },
);
