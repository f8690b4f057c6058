import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTargets } from '../../../../../packages/probes/src/targets.fixture.js';
import type { Targets } from '../../../../../packages/probes/src/targets.fixture.js';
import { startTestApi } from '../../api.fixture.js';
import type { Reply, TestApi, TestCaller } from '../../api.fixture.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { add, addHost, addOperator, list, put, service } from './checks.fixture.js';

const clock = new SystemClock();
let api: TestApi;
let targets: Targets;
beforeAll(async () => {
  targets = await startTargets();
  api = await startTestApi({
    PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.1',
    PATCHGATE_CHECK_TIMEOUT_MS: '1500',
    PATCHGATE_POLL_INTERVAL_SECONDS: '240',
  });
});
afterAll(async () => {
  targets.stop();
  await api.close();
});

const good = (path = '/ok') => ({
  name: 'answers',
  check_type: 'http',
  url: `http://127.0.0.1:${targets.port('good')}${path}`,
  expected_body: 'ready',
});
const tcp = (name: string) => ({
  name: 'connects',
  check_type: 'tcp',
  target_host: '127.0.0.1',
  target_port: targets.port(name),
});
const fastcgi = (name: string) => ({ ...tcp(name), check_type: 'fastcgi' });
const runUnsaved = async (caller: TestCaller, hostId: string, body: object): Promise<Reply['body']> =>
  caller.post(`/hosts/${hostId}/health-checks/test`, body);
const run = async (caller: TestCaller, { host_id, id }: { host_id: string; id: string }) =>
  caller.ok(`/hosts/${host_id}/health-checks/${id}/test`, { method: 'POST' });
const results = async (caller: TestCaller, { host_id, id }: { host_id: string; id: string }, query = '') =>
  (await caller.ok(`/hosts/${host_id}/health-checks/${id}/results?${query}`)) as unknown as {
    items: Record<string, unknown>[];
    next_cursor: string | null;
  };

describe('H12 a test of what is not saved', () => {
  it.each([
    ['http', () => good(), true, 'ok'],
    ['http, another body', () => good('/other'), false, 'no_match'],
    ['http, an error', () => good('/down'), false, 'status'],
    ['https of an unknown authority', () => ({ ...tcp('tls-untrusted'), use_tls: true }), false, 'cert'],
    ['tcp', () => tcp('good'), true, 'ok'],
    ['fastcgi', () => fastcgi('fastcgi-good'), true, 'ok'],
    ['fastcgi, another answer', () => fastcgi('fastcgi-other'), false, 'bad_answer'],
    [
      'a target that is silent',
      () => ({ ...good(), url: `http://127.0.0.1:${targets.port('silent')}/` }),
      false,
      'timeout',
    ],
    ['a service without an agent', () => service, false, 'agent_unreachable'],
  ] as const)(
    'of type %s says what was found, and records nothing',
    async (_name, input, healthy, reason) => {
      const hostId = await addHost(api);
      const result = await runUnsaved(api.admin, hostId, input());
      expect(result).toMatchObject({ healthy, reason });
      expect(await list(api.admin, hostId)).toEqual([]);
      expect((await api.admin.ok(`/hosts/${hostId}`)).health_check_status).toBe('none');
    },
  );

  it('shows phases, the address and the certificate', async () => {
    const url = `https://127.0.0.1:${targets.port('tls-expired')}/ok`;
    const result = await runUnsaved(api.admin, await addHost(api), { ...good(), url });
    expect(result).toMatchObject({
      healthy: true,
      address: '127.0.0.1',
      certificate: { problem: 'the certificate has expired' },
      phases: { connect: expect.any(Number) as number, tls: expect.any(Number) as number },
    });
  });
});

describe('H12 a test of a saved check', () => {
  it('is recorded like a poll: state, history, host and trail', async () => {
    const hostId = await addHost(api);
    const check = await add(api.admin, hostId, good());
    expect(await run(api.admin, check)).toMatchObject({ healthy: true, reason: 'ok' });
    const [listed] = await list(api.admin, hostId);
    expect(listed).toMatchObject({ status: 'healthy', last_result: { healthy: true, reason: 'ok' } });
    expect(await api.admin.ok(`/hosts/${hostId}`)).toMatchObject({
      health_check_status: 'healthy',
      health_checks: { total: 1, healthy: 1, unhealthy: 0, unknown: 0 },
    });
    const bad = await put(api.admin, check, good('/down'));
    expect([bad.status, bad.last_result]).toEqual(['unknown', null]);
    await run(api.admin, check);
    expect((await results(api.admin, check)).items.map(({ reason }) => reason)).toEqual(['status', 'ok']);
    expect((await api.admin.ok(`/hosts/${hostId}`)).health_check_status).toBe('unhealthy');
    const trail = (await api.admin.ok(`/audit-log?object_id=${check.id}`)).items as { action: string }[];
    expect(trail.map(({ action }) => action)).toEqual([
      'health_check.test',
      'health_check.update',
      'health_check.test',
      'health_check.create',
    ]);
  });

  it('says since when the state is what it is, and from when on nothing is known', async () => {
    const check = await add(api.admin, await addHost(api), good());
    expect((await list(api.admin, check.host_id))[0]).toMatchObject({
      status: 'unknown',
      since: check.since,
    });
    const first = await run(api.admin, check);
    await run(api.admin, check);
    expect(await list(api.admin, check.host_id)).toMatchObject([
      { status: 'healthy', since: first.checked_at },
    ]);
    const { poll_interval_seconds, check_timeout_ms } = await api.admin.ok(
      `/hosts/${check.host_id}/health-checks`,
    );
    expect({ poll_interval_seconds, check_timeout_ms }).toEqual({
      poll_interval_seconds: 240,
      check_timeout_ms: 1500,
    });
    const [measured] = await api.app.get(DataSource).query<{ at: Date }[]>(
      `WITH aged AS (UPDATE health_check_state SET last_result_at = last_result_at - interval '1 hour'
           WHERE check_id = $1 RETURNING last_result_at AS at) SELECT at FROM aged`,
      [check.id],
    );
    const staleAt = new Date(measured!.at.getTime() + 2 * 240_000 + 1500).toISOString();
    expect(await list(api.admin, check.host_id)).toMatchObject([{ status: 'unknown', since: staleAt }]);
  });

  it('of a service without an agent is unhealthy and says why', async () => {
    const check = await add(api.admin, await addHost(api), service);
    expect(await run(api.admin, check)).toMatchObject({ healthy: false, reason: 'agent_unreachable' });
  });
});

describe('the results of a check', () => {
  it('come latest first, page by page and within a time', async () => {
    const check = await add(api.admin, await addHost(api), tcp('good'));
    for (let n = 0; n < 5; n += 1) await run(api.admin, check);
    const whole = (await results(api.admin, check)).items.map(({ checked_at }) => checked_at as string);
    expect(whole).toHaveLength(5);
    expect(whole).toEqual([...whole].sort().reverse());
    const paged: unknown[] = [];
    let cursor = '';
    do {
      const page = await results(api.admin, check, `limit=2${cursor}`);
      paged.push(...page.items.map(({ checked_at }) => checked_at));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
    } while (cursor !== '');
    expect(paged).toEqual(whole);
    const within = await results(api.admin, check, `from=${whole[3]!}&to=${whole[1]!}`);
    expect(within.items.map(({ checked_at }) => checked_at)).toEqual([whole[2], whole[3]]);
  });
});

describe('to an operator', () => {
  it('denied and unresolvable are the same, in tests, in the list, in the history and in the trail', async () => {
    const { caller, groupId } = await addOperator(api, 'otto');
    const hostId = await addHost(api, [groupId]);
    // Resolves to where the manager's own database listens; the other never resolves (RFC 6761).
    const target_port = Number(new URL(api.database.appUrl).port);
    const denied = { ...tcp('good'), target_host: 'localhost', target_port };
    const hosts = ['nowhere.invalid', denied.target_host];
    const told = [];
    // How long the answer and each time that is told with it take.
    const tookMs: number[] = [];
    for (const target_host of hosts) {
      const check = await add(api.admin, hostId, { ...denied, target_host });
      const asAdmin = await run(api.admin, check);
      const startedAtMs = clock.now().getTime();
      const { checked_at: at, ...unsaved } = await runUnsaved(caller, hostId, { ...denied, target_host });
      const betweenMs = clock.now().getTime();
      const { checked_at: later, ...saved } = await run(caller, check);
      tookMs.push(Date.parse(at as string) - startedAtMs, Date.parse(later as string) - betweenMs);
      const listed = (await list(caller, hostId)).find(({ id }) => id === check.id)?.last_result;
      const history = (await results(caller, check)).items;
      const plain = ({ checked_at: _when, ...rest }: Record<string, unknown>) => rest;
      told.push({ unsaved, saved, listed: plain(listed ?? {}), history: history.map(plain) });
      expect(asAdmin.reason).toBe(target_host === denied.target_host ? 'blocked' : 'dns');
    }
    expect(told[0]).toEqual(told[1]);
    // The one comes from a resolver, the other from the policy; both are told at the same instant after the start.
    for (const ms of tookMs) expect(ms).toBeGreaterThanOrEqual(999);
    expect(JSON.stringify(await caller.ok('/audit-log?limit=200'))).not.toMatch(/blocked|"dns"/);
    expect(told[0]?.saved).toMatchObject({ healthy: false, reason: 'dns', phases: {}, address: null });
  });

  it('the database of the manager is no target, though its network is allowed', async () => {
    const hostId = await addHost(api);
    const target_port = Number(new URL(api.database.appUrl).port);
    const body = { ...tcp('good'), target_port };
    const reply = await api.admin.call(`/hosts/${hostId}/health-checks`, { method: 'POST', body });
    expect([reply.status, reply.body.issues]).toMatchObject([400, [{ path: 'target_host' }]]);
    expect(await runUnsaved(api.admin, hostId, body)).toMatchObject({ healthy: false, reason: 'blocked' });
  });

  it('of another group every route answers 404', async () => {
    const { caller } = await addOperator(api, 'olga');
    const { host_id, id } = await add(api.admin, await addHost(api), good());
    const path = `/hosts/${host_id}/health-checks`;
    const calls: [string, string, unknown?][] = [
      ['GET', path],
      ['POST', path, good()],
      ['PUT', `${path}/${id}`, good()],
      ['DELETE', `${path}/${id}`],
      ['POST', `${path}/${id}/test`],
      ['POST', `${path}/test`, good()],
      ['GET', `${path}/${id}/results`],
      ['POST', `${path}/copy`, { host_ids: [host_id] }],
    ];
    for (const [method, url, body] of calls) {
      const reply = await caller.call(url, { method, ...(body !== undefined && { body }) });
      expect([method, url, reply.status, reply.body.code]).toEqual([method, url, 404, 'not_found']);
    }
    expect(await list(api.admin, host_id)).toHaveLength(1);
  });

  it('a viewer reads and does no more', async () => {
    const { id, caller } = await api.createUser('vito', 'viewer');
    const group = (await api.admin.post('/groups', { name: 'viewed' })) as { id: string };
    await api.admin.ok(`/groups/${group.id}/users/${id}`, { method: 'PUT' });
    const check = await add(api.admin, await addHost(api, [group.id]), good());
    expect(await list(caller, check.host_id)).toHaveLength(1);
    expect((await results(caller, check)).items).toEqual([]);
    const reply = await caller.call(`/hosts/${check.host_id}/health-checks/${check.id}/test`, {
      method: 'POST',
    });
    expect(reply.status).toBe(403);
  });
});
