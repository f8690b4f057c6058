import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCaller, startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { TestAgent, listWaiting, newMachine, newToken, onTables } from './enrolment.fixture.js';

let api: TestApi;
let agent: TestAgent;
beforeAll(async () => {
  api = await startTestApi();
  agent = new TestAgent(api);
});
afterAll(() => api.close());

const uses = async (token: string) => {
  const reply = await agent.enroll({ ...newMachine(), token });
  return [reply.status, reply.body.code];
};
const refused = [403, 'forbidden'];
const listTokens = async () => (await api.admin.ok('/admin/enrollment-tokens')).items as { id: string }[];

describe('SEC-E1 an enrolment token', () => {
  it('is 256 random bits and the fingerprint of the authority, and is shown this once', async () => {
    const { id, token, expires_at } = await newToken(api);
    const ca = await (await fetch(`${api.url}/pki/ca.pem`)).text();
    const digest = createHash('sha256').update(new X509Certificate(ca).raw).digest('base64url');
    expect(token).toMatch(/^pge_[\w-]{43}\.[\w-]{43}$/);
    expect(token.split('.')[1]).toBe(digest);
    expect((Date.parse(expires_at) - Date.now()) / 60_000).toBeCloseTo(30, 0);
    const secret = token.slice(4, 47);
    expect(JSON.stringify(await api.admin.ok('/admin/enrollment-tokens'))).not.toContain(secret);
    expect(JSON.stringify(await api.admin.ok('/audit-log?limit=200'))).not.toContain(secret);
    const rows = await onTables(api, (sql) =>
      sql.query<{ token_hash: Buffer }>('SELECT * FROM enrollment_tokens WHERE id = $1', [id]),
    );
    expect(rows.rows[0]!.token_hash).toEqual(createHash('sha256').update(token).digest());
    expect(JSON.stringify(rows.rows)).not.toContain(secret);
    await api.admin.ok(`/admin/enrollment-tokens/${id}`, { method: 'DELETE' });
  });

  it('gives one request however many use it at once', async () => {
    const { token } = await newToken(api);
    const machines = Array.from({ length: 1_000 }, newMachine);
    const replies = await Promise.all(machines.map((machine) => agent.enroll({ ...machine, token })));
    const statuses = Map.groupBy(replies, ({ status }) => status);
    expect([...statuses].map(([status, { length }]) => [status, length]).sort()).toEqual([
      [202, 1],
      [403, 999],
    ]);
    const waiting = await listWaiting(api);
    expect(waiting).toHaveLength(1);
    const approved = await api.admin.post(`/admin/enrollments/${waiting[0]!.id}/approve`, { group_ids: [] });
    const { rows } = await onTables(api, (sql) =>
      sql.query("SELECT host_id FROM agent_certificates WHERE kind = 'agent'"),
    );
    expect(rows).toEqual([{ host_id: approved.id }]);
  });

  it('stays good when the request it came with was refused', async () => {
    const { token } = await newToken(api);
    const machine = newMachine();
    const { id } = await api.admin.post('/hosts', { fqdn: machine.fqdn, address: machine.ip_address });
    expect((await agent.enroll({ ...machine, token })).status).toBe(409);
    await api.admin.ok(`/hosts/${String(id)}`, { method: 'DELETE' });
    expect((await agent.enroll({ ...machine, token })).status).toBe(202);
  });

  it('is refused when it is made up, a part of one, or for another authority', async () => {
    const { token } = await newToken(api);
    for (const wrong of [
      '',
      'pge_',
      token.slice(0, -1),
      token.split('.')[0]!,
      token.replace(/\..*/, `.${'A'.repeat(43)}`),
    ])
      expect(await uses(wrong)).toEqual(refused);
  });

  it('is refused 30 minutes after it was made', async () => {
    const { id, token } = await newToken(api);
    await onTables(api, (sql) =>
      sql.query('UPDATE enrollment_tokens SET expires_at = now() WHERE id = $1', [id]),
    );
    expect(await uses(token)).toEqual(refused);
    expect((await listTokens()).map((one) => one.id)).not.toContain(id);
  });

  it('is refused once it is revoked', async () => {
    const { id, token } = await newToken(api);
    expect((await listTokens()).map((one) => one.id)).toContain(id);
    await api.admin.ok(`/admin/enrollment-tokens/${id}`, { method: 'DELETE' });
    expect(await uses(token)).toEqual(refused);
    expect((await listTokens()).map((one) => one.id)).not.toContain(id);
    const again = await api.admin.call(`/admin/enrollment-tokens/${id}`, { method: 'DELETE' });
    expect(again.status).toBe(404);
  });

  it('is worth nothing once its maker is no administrator', async () => {
    const { id } = await api.createUser('bert', 'admin');
    const bert = await api.login('bert');
    const { token } = (await bert.post('/admin/enrollment-tokens', {})) as { token: string };
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { role: 'operator' } });
    expect(await uses(token)).toEqual(refused);
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { role: 'admin', disabled: true } });
    expect(await uses(token)).toEqual(refused);
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { disabled: false } });
    expect((await agent.enroll({ ...newMachine(), token })).status).toBe(202);
  });

  it('vouches for a group, and for nothing once the group is gone', async () => {
    const { id } = (await api.admin.post('/groups', { name: 'shops' })) as { id: string };
    const [first, second] = [await newToken(api, id), await newToken(api, id)];
    const machine = newMachine();
    await agent.enrolled({ ...machine, token: first.token });
    const waiting = async () => (await listWaiting(api)).find(({ fqdn }) => fqdn === machine.fqdn);
    expect((await waiting())?.vouched_by).toEqual({ username: 'anna', group: { id, name: 'shops' } });
    await api.admin.ok(`/groups/${id}`, { method: 'DELETE' });
    expect((await waiting())?.vouched_by).toEqual({ username: 'anna', group: null });
    expect(await uses(second.token)).toEqual(refused);
    const nowhere = await api.admin.call('/admin/enrollment-tokens', {
      method: 'POST',
      body: { group_id: id },
    });
    expect([nowhere.status, nowhere.body.issues]).toMatchObject([400, [{ path: 'group_id' }]]);
  });

  it('is made and revoked in the trail, by name and for programs too', async () => {
    const { token: apiToken } = (await api.admin.post('/api-tokens', { name: 'roll-out' })) as {
      token: string;
    };
    const program = new TestCaller(api.url, { authorization: `Bearer ${apiToken}` });
    const { id } = (await program.post('/admin/enrollment-tokens', {})) as { id: string };
    await program.ok(`/admin/enrollment-tokens/${id}`, { method: 'DELETE' });
    const { items } = (await api.admin.ok(`/audit-log?object_id=${id}`)) as { items: object[] };
    expect(items).toMatchObject([
      { action: 'enrollment_token.revoke', actor_name: 'anna' },
      { action: 'enrollment_token.create', actor_name: 'anna' },
    ]);
  });
});
