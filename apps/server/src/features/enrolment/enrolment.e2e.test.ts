import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCaller, startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import {
  TestAgent,
  approve,
  listWaiting,
  newMachine,
  newToken,
  onTables,
  trailOf,
} from './enrolment.fixture.js';

let api: TestApi;
let agent: TestAgent;
beforeAll(async () => {
  api = await startTestApi();
  agent = new TestAgent(api);
});
afterAll(() => api.close());
// Each test is to have what strangers get in a minute.
beforeEach(() => onTables(api, (sql) => sql.query('DELETE FROM rate_limits')));

describe('an agent of ours', () => {
  it('waits, is approved into groups, and gets a certificate for the key it kept', async () => {
    const group = (await api.admin.post('/groups', { name: 'enrolled' })) as { id: string };
    const machine = newMachine();
    const { pollingToken, request, keys } = await agent.waitingWithRequest(machine);
    expect(request).toMatchObject({
      ...{ agent: 'patchgate', fqdn: machine.fqdn, address: machine.ip_address, agent_port: 12443 },
      ...{ os: 'debian', os_version: '12', kernel: '6.1.0-30-amd64', agent_version: '0.1.0' },
      ...{ source_address: '127.0.0.1', vouched_by: { username: 'anna', group: null }, collisions: [] },
    });
    expect(await agent.status(pollingToken)).toEqual({ status: 'pending' });
    const host = await approve(api, request.id, [group.id]);
    expect(host).toMatchObject({
      ...{ id: request.id, fqdn: machine.fqdn, os: 'debian', kernel: '6.1.0-30-amd64' },
      groups: [{ id: group.id, name: 'enrolled' }],
    });
    const answer = await agent.status(pollingToken);
    expect(answer).toMatchObject({ status: 'approved', host_id: request.id, server_key: '' });
    const certificate = new X509Certificate(String(answer.server_crt));
    const ca = new X509Certificate(String(answer.ca_crt));
    expect(certificate.verify(ca.publicKey)).toBe(true);
    const own = await crypto.subtle.exportKey('spki', keys.publicKey);
    expect(
      certificate.publicKey.equals(createPublicKey({ key: Buffer.from(own), format: 'der', type: 'spki' })),
    ).toBe(true);
    expect(certificate.subjectAltName).toBe(
      `DNS:${machine.fqdn}, IP Address:${machine.ip_address}, URI:patchgate:host:${request.id}`,
    );
    // An answer that was lost on the way can be asked for again: there is no secret in it.
    expect(await agent.status(pollingToken)).toEqual(answer);
    expect(await listWaiting(api)).toEqual([]);
    expect(await trailOf(api, request.id)).toEqual([
      'enrollment.request',
      'host.create',
      'agent_certificate.issue',
      'enrollment.approve',
    ]);
  });

  it('is decided upon once', async () => {
    const { request } = await agent.waitingWithRequest();
    const decisions = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        n % 2 === 0
          ? api.admin.call(`/admin/enrollments/${request.id}/approve`, {
              method: 'POST',
              body: { group_ids: [] },
            })
          : api.admin.call(`/admin/enrollments/${request.id}`, { method: 'DELETE' }),
      ),
    );
    expect(decisions.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(decisions.filter(({ status }) => status === 404)).toHaveLength(5);
  });

  it('reads that it was denied', async () => {
    const { pollingToken, request } = await agent.waitingWithRequest();
    await api.admin.ok(`/admin/enrollments/${request.id}`, { method: 'DELETE' });
    expect(await agent.status(pollingToken)).toEqual({ status: 'denied' });
    expect((await api.admin.call(`/hosts/${request.id}`)).status).toBe(404);
    expect(await trailOf(api, request.id)).toEqual(['enrollment.request', 'enrollment.deny']);
  });

  it('becomes no host when a group it is approved into does not exist', async () => {
    const { pollingToken, request } = await agent.waitingWithRequest();
    const reply = await api.admin.call(`/admin/enrollments/${request.id}/approve`, {
      method: 'POST',
      body: { group_ids: ['01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0'] },
    });
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    expect(await agent.status(pollingToken)).toEqual({ status: 'pending' });
    expect(await trailOf(api, request.id)).toEqual(['enrollment.request']);
    await api.admin.ok(`/admin/enrollments/${request.id}`, { method: 'DELETE' });
  });

  it('is forgotten when it was not decided upon for a day', async () => {
    const { pollingToken, request } = await agent.waitingWithRequest();
    await onTables(api, (sql) =>
      sql.query('UPDATE enrollment_requests SET expires_at = now() WHERE id = $1', [request.id]),
    );
    expect(await agent.status(pollingToken)).toEqual({ status: 'notfound' });
    expect(await listWaiting(api)).toEqual([]);
    const late = await api.admin.call(`/admin/enrollments/${request.id}`, { method: 'DELETE' });
    expect(late.status).toBe(404);
  });
});

describe('the public agent', () => {
  it('sends neither token nor request, and gets a key that the manager made, once', async () => {
    const machine = newMachine();
    const pollingToken = await agent.enrolled(machine);
    const [request] = await listWaiting(api);
    expect(request).toMatchObject({ agent: 'public', fqdn: machine.fqdn, vouched_by: null });
    await approve(api, request!.id);
    // A question about headers takes nothing away.
    expect((await api.stranger.call(`/enroll/status/${pollingToken}`, { method: 'HEAD' })).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 8 }, () => agent.status(pollingToken)));
    const [answer, ...more] = answers.filter(({ status }) => status === 'approved');
    expect(more).toEqual([]);
    expect(answers.filter(({ status }) => status === 'notfound')).toHaveLength(7);
    const certificate = new X509Certificate(String(answer!.server_crt));
    const key = String(answer!.server_key);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(answer).toMatchObject({
      repo_config: null,
      crl_pem: expect.stringContaining('X509 CRL') as string,
    });
    expect(await agent.status(pollingToken)).toEqual({ status: 'notfound' });
    expect(await trailOf(api, request!.id)).toContain('enrollment.collect_key');
  });

  it('SEC-R1 leaves its key in the database sealed, and only for ten minutes', async () => {
    const pollingToken = await agent.enrolled(newMachine());
    const [request] = await listWaiting(api);
    await approve(api, request!.id);
    const row = await onTables(api, async (sql) => {
      const found = await sql.query<Record<string, unknown>>(
        `SELECT *, encode(server_key_encrypted, 'escape') AS text, key_expires_at - decided_at AS life
          FROM enrollment_requests WHERE id = $1`,
        [request!.id],
      );
      await sql.query('UPDATE enrollment_requests SET key_expires_at = now() WHERE id = $1', [request!.id]);
      return found.rows[0];
    });
    expect(row).toMatchObject({ life: { minutes: 10 } });
    expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
    expect(await agent.status(pollingToken)).toEqual({ status: 'notfound' });
  });

  it.each([
    ['fqdn', { fqdn: 'not a name!' }],
    ['fqdn', { fqdn: '10.0.0.1' }],
    ['ip_address', { ip_address: '0.0.0.0' }],
    ['ip_address', { ip_address: '224.0.0.1' }],
    ['ip_address', { ip_address: 'fe80::1' }],
    ['machine_id', { machine_id: 'short' }],
    ['csr', { csr: 'no request' }],
  ])('is refused at %s: %j', async (path, wrong) => {
    const reply = await agent.enroll({ ...newMachine(), ...wrong });
    expect(reply.status).toBe(400);
    expect(reply.body.issues).toMatchObject([{ path }]);
    expect(await listWaiting(api)).toEqual([]);
  });
});

describe('a request', () => {
  it.each([
    ['name', 'fqdn', (machine: ReturnType<typeof newMachine>) => ({ fqdn: machine.fqdn.toUpperCase() })],
    [
      'address',
      'ip_address',
      (machine: ReturnType<typeof newMachine>) => ({ ip_address: machine.ip_address }),
    ],
  ])('for the %s of a host is refused, saying what collides', async (_what, path, same) => {
    const machine = newMachine();
    await api.admin.post('/hosts', { fqdn: machine.fqdn, address: machine.ip_address });
    const reply = await agent.enroll({ ...newMachine(), ...same(machine) });
    expect([reply.status, reply.body.code]).toEqual([409, 'host_exists']);
    expect(reply.body.issues).toMatchObject([
      { path, message: expect.stringContaining('already') as string },
    ]);
  });

  it('cannot take the place of a host that came first after it', async () => {
    const { pollingToken, request } = await agent.waitingWithRequest();
    await api.admin.post('/hosts', { fqdn: request.fqdn, address: '10.78.0.1' });
    expect((await listWaiting(api))[0]?.collisions).toMatchObject([
      { field: 'fqdn', with: 'host', fqdn: request.fqdn },
    ]);
    const reply = await api.admin.call(`/admin/enrollments/${request.id}/approve`, {
      method: 'POST',
      body: { group_ids: [] },
    });
    expect([reply.status, reply.body.code]).toEqual([409, 'host_exists']);
    expect(await agent.status(pollingToken)).toEqual({ status: 'pending' });
    await api.admin.ok(`/admin/enrollments/${request.id}`, { method: 'DELETE' });
  });

  it('of the same machine replaces the one before', async () => {
    const machine = newMachine();
    const first = await agent.enrolled(machine);
    const second = await agent.enrolled(machine);
    expect(await agent.status(first)).toEqual({ status: 'notfound' });
    expect(await agent.status(second)).toEqual({ status: 'pending' });
    const waiting = await listWaiting(api);
    expect(waiting).toMatchObject([{ fqdn: machine.fqdn, collisions: [] }]);
    await api.admin.ok(`/admin/enrollments/${waiting[0]!.id}`, { method: 'DELETE' });
  });

  it('that nobody vouches for does not replace one that somebody does', async () => {
    const machine = newMachine();
    const { pollingToken, request } = await agent.waiting(machine);
    const other = await agent.enrolled(machine);
    expect(await agent.status(pollingToken)).toEqual({ status: 'pending' });
    const waiting = await listWaiting(api);
    expect(waiting).toHaveLength(2);
    expect(waiting.map(({ collisions }) => collisions.map(({ field }) => field))).toEqual([
      ['address', 'fqdn', 'machine_id'],
      ['address', 'fqdn', 'machine_id'],
    ]);
    for (const { id } of waiting) await api.admin.ok(`/admin/enrollments/${id}`, { method: 'DELETE' });
    expect(await agent.status(other)).toEqual({ status: 'denied' });
    expect(request.vouched_by).not.toBeNull();
  });

  it('with the machine id of a host is an alarm: in the list and in the trail', async () => {
    const machine = newMachine();
    const first = await agent.waitingWithRequest(machine);
    await approve(api, first.request.id);
    const copy = await agent.waitingWithRequest({ ...newMachine(), machine_id: machine.machine_id });
    expect(copy.request.collisions).toEqual([
      { field: 'machine_id', with: 'host', id: first.request.id, fqdn: machine.fqdn },
    ]);
    expect(await trailOf(api, copy.request.id)).toEqual([
      'enrollment.request',
      'enrollment.duplicate_machine',
    ]);
    await api.admin.ok(`/admin/enrollments/${copy.request.id}`, { method: 'DELETE' });
  });
});

describe('SEC-L2 requests without a token', () => {
  it('are five a minute from one address', async () => {
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await agent.enroll(newMachine())).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    await onTables(api, (sql) =>
      sql.query("UPDATE enrollment_requests SET state = 'denied' WHERE state = 'pending'"),
    );
  });

  it('wait in a number that a person can read, from one network and from all', async () => {
    for (const [count, network] of [
      [20, '127.0.0.1'],
      [200, '192.0.2.1'],
    ] as const) {
      await onTables(api, (sql) =>
        sql.query(
          `INSERT INTO enrollment_requests (id, polling_token_hash, agent, machine_id, fqdn, address, agent_port,
              os_details, source_address, source_network, created_at, expires_at)
            SELECT gen_random_uuid(), sha256(n::text::bytea), 'public', md5(n::text), 'flood-' || n, '10.79.0.1', 1, '{}',
              $2, $2, now(), now() + interval '1 hour' FROM generate_series(1, $1) n`,
          [count, network],
        ),
      );
      const reply = await agent.enroll(newMachine());
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '600']);
      const { token } = await newToken(api);
      expect((await agent.enroll({ ...newMachine(), token })).status).toBe(202);
      await onTables(api, (sql) => sql.query('DELETE FROM enrollment_requests'));
    }
  });
});

describe('SEC-S2 the door for agents', () => {
  it('needs no header of ours and opens to no page, whatever its origin', async () => {
    expect((await agent.enroll(newMachine())).status).toBe(202);
    const page = new TestCaller(api.url, { origin: api.origin, cookie: api.admin.headers.cookie ?? '' });
    const reply = await page.call('/enroll', { method: 'POST', body: newMachine() });
    expect([reply.status, reply.body.code]).toEqual([403, 'forbidden']);
  });
});
