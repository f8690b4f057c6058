import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { add, addHost, list, put, service, web } from './checks.fixture.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const auditOf = async (objectId: string) =>
  (await api.admin.ok(`/audit-log?object_id=${objectId}`)).items as {
    action: string;
    details: Record<string, unknown>;
  }[];

describe('H1 at most five checks a host', () => {
  it('takes five of 20 that come together, and refuses the others with the code', async () => {
    const hostId = await addHost(api);
    const path = `/hosts/${hostId}/health-checks`;
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        api.admin.call(path, { method: 'POST', body: { ...service, name: `check ${n}` } }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 15 }, () => [409, 'health_check_limit']),
    );
    expect(await list(api.admin, hostId)).toHaveLength(5);
    expect((await api.admin.ok(`/hosts/${hostId}`)).health_checks).toMatchObject({ total: 5, unknown: 5 });
  });

  it('has room again after one is deleted', async () => {
    const hostId = await addHost(api);
    const checks = [];
    for (let n = 1; n <= 5; n += 1) checks.push(await add(api.admin, hostId, service));
    await api.admin.ok(`/hosts/${hostId}/health-checks/${checks[2]!.id}`, { method: 'DELETE' });
    await add(api.admin, hostId, { ...service, name: 'the new one' });
    expect((await list(api.admin, hostId)).map(({ name }) => name)).toContain('the new one');
  });
});

describe('a new check', () => {
  it('has the defaults of its type and is unknown until it is measured', async () => {
    const hostId = await addHost(api);
    expect(await add(api.admin, hostId, web)).toMatchObject({
      ...web,
      enabled: true,
      ignore_cert_errors: true,
      basic_auth_user: null,
      has_basic_auth_pass: false,
      revision: 1,
      status: 'unknown',
      last_result: null,
    });
    const tcp = { name: 'db', check_type: 'tcp', target_host: 'db.example.org', target_port: 5432 };
    expect(await add(api.admin, hostId, tcp)).toMatchObject({
      ...tcp,
      use_tls: false,
      use_client_cert: false,
      ignore_cert_errors: false,
    });
    const fpm = { name: 'fpm', check_type: 'fastcgi', target_host: '10.0.0.8' };
    expect(await add(api.admin, hostId, fpm)).toMatchObject({
      target_port: 9000,
      script_path: '/fpm-ping',
      expected_body: 'pong',
    });
    const added = await add(api.admin, hostId, service);
    expect(Object.keys(added)).not.toContain('url');
    expect((await api.admin.ok(`/hosts/${hostId}`)).health_check_status).toBe('unknown');
  });

  it.each([
    ['url', { ...web, url: 'ftp://10.0.0.1/' }],
    ['url', { ...web, url: 'https://user:pass@10.0.0.1/' }],
    ['expected_body', { ...web, expected_body: '' }],
    ['expected_body', { ...web, expected_body: 'x'.repeat(501) }],
    ['service_name', { ...service, service_name: '../etc' }],
    ['service_name', { ...web, service_name: 'nginx' }],
    ['target_port', { name: 'x', check_type: 'tcp', target_host: 'a.example.org', target_port: 0 }],
    ['script_path', { name: 'x', check_type: 'fastcgi', target_host: 'a.example.org', script_path: 'ping' }],
    ['basic_auth_user', { ...web, basic_auth_pass: 'alone' }],
    [
      'use_client_cert',
      { name: 'x', check_type: 'tcp', target_host: 'a', target_port: 1, use_client_cert: true },
    ],
    ['check_type', { ...web, check_type: 'icmp' }],
    // Where no probe may go: the policy of the dial, said while typing.
    ['url', { ...web, url: 'http://127.0.0.1/' }],
    ['url', { ...web, url: 'http://0x7f.1:8080/' }],
    ['url', { ...web, url: 'http://[::ffff:169.254.169.254]/latest/meta-data' }],
    ['target_host', { name: 'x', check_type: 'tcp', target_host: '::1', target_port: 5432 }],
  ])('is refused at %s (%#)', async (path, body) => {
    const hostId = await addHost(api);
    const reply = await api.admin.call(`/hosts/${hostId}/health-checks`, { method: 'POST', body });
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    expect((reply.body.issues as { path: string }[]).map((issue) => issue.path)).toContain(path);
    expect(await list(api.admin, hostId)).toEqual([]);
  });
});

describe('a PUT', () => {
  it('replaces: what is left out takes its default, except whether it is enabled', async () => {
    const hostId = await addHost(api);
    const check = await add(api.admin, hostId, { ...web, enabled: false, ignore_cert_errors: false });
    const replaced = await put(api.admin, check, { ...web, name: 'renamed', url: 'https://10.20.4.18/' });
    expect(replaced).toMatchObject({
      name: 'renamed',
      url: 'https://10.20.4.18/',
      enabled: false,
      ignore_cert_errors: true,
      revision: 2,
    });
  });

  it('keeps the revision when nothing but the name changes', async () => {
    const check = await add(api.admin, await addHost(api), service);
    expect(await put(api.admin, check, { ...service, name: 'other' })).toMatchObject({
      name: 'other',
      revision: 1,
    });
  });

  it('cannot change the type', async () => {
    const { host_id, id } = await add(api.admin, await addHost(api), service);
    const call = { method: 'PUT', body: web };
    const reply = await api.admin.call(`/hosts/${host_id}/health-checks/${id}`, call);
    expect([reply.status, reply.body.issues]).toMatchObject([400, [{ path: 'check_type' }]]);
  });

  it('reaches a check through its own host only', async () => {
    const check = await add(api.admin, await addHost(api), service);
    const other = await addHost(api);
    const call = { method: 'PUT', body: service };
    expect((await api.admin.call(`/hosts/${other}/health-checks/${check.id}`, call)).status).toBe(404);
  });

  it('that disables the last one leaves the host without a status and without a poll', async () => {
    const hostId = await addHost(api);
    const check = await add(api.admin, hostId, service);
    await put(api.admin, check, { ...service, enabled: false });
    expect(await api.admin.ok(`/hosts/${hostId}`)).toMatchObject({
      health_check_status: 'none',
      health_checks: { total: 0 },
    });
  });
});

describe('the trail', () => {
  it('has an entry for each mutation, without paths and queries of URLs', async () => {
    const hostId = await addHost(api);
    const url = 'https://10.20.4.17/health?token=hidden-in-url';
    const check = await add(api.admin, hostId, { ...web, url });
    await put(api.admin, check, { ...web, url, enabled: false });
    await api.admin.ok(`/hosts/${hostId}/health-checks/${check.id}`, { method: 'DELETE' });
    const trail = await auditOf(check.id);
    expect(trail.map(({ action }) => action)).toEqual([
      'health_check.delete',
      'health_check.update',
      'health_check.create',
    ]);
    expect(trail[1]?.details).toMatchObject({
      host_id: hostId,
      target: 'https://10.20.4.17',
      changed: ['enabled'],
    });
    expect(JSON.stringify(trail)).not.toContain('hidden-in-url');
  });
});
