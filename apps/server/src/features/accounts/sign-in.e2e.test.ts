import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCaller, adminName, goodPassword, startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { SetupService } from './setup.service.js';

let api: TestApi;
let sql: Client;
beforeAll(async () => {
  api = await startTestApi();
  sql = new Client(api.database.adminUrl);
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await api.close();
});

const login = (username: string, password: string) =>
  api.stranger.call('/auth/login', { method: 'POST', body: { username, password } });

describe('SEC-L5 the first administrator', () => {
  it('is one however many set-ups race for it', async () => {
    const fresh = await startTestApi();
    try {
      const db = new Client(fresh.database.adminUrl);
      await db.connect();
      await db.query('DELETE FROM users');
      const token = await fresh.app.get(SetupService).issueToken();
      const tries = Array.from({ length: 50 }, (_, index) =>
        fresh.stranger.call('/setup', {
          method: 'POST',
          body: { token, username: `admin${index}`, password: goodPassword },
        }),
      );
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.every((status) => [201, 409, 403, 429].includes(status))).toBe(true);
      expect((await db.query('SELECT FROM users')).rowCount).toBe(1);
      await db.end();
    } finally {
      await fresh.close();
    }
  });

  it('cannot be made again, nor with a wrong token', async () => {
    const body = { token: 'wrong', username: 'eve', password: goodPassword };
    expect((await api.stranger.call('/setup', { method: 'POST', body })).body.code).toBe('setup_done');
    expect(await api.stranger.ok('/setup')).toEqual({ needed: false });
    expect(await api.app.get(SetupService).issueToken()).toBeNull();
  });
});

describe('SEC-S1 sessions', () => {
  it('are one strict cookie, stored as a hash only', async () => {
    const reply = await login(adminName, goodPassword);
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const token = /=([\w-]{43})/.exec(cookie)?.[1] ?? '';
    const { rows } = await sql.query('SELECT s::text AS row FROM sessions s');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
  });

  it('end at logout, and the next one is another', async () => {
    const first = await api.login(adminName);
    const second = await api.login(adminName);
    expect(first.headers.cookie).not.toBe(second.headers.cookie);
    await first.ok('/auth/logout', { method: 'POST' });
    expect((await first.call('/auth/session')).status).toBe(401);
    expect((await second.call('/auth/session')).status).toBe(200);
  });

  it.each([
    ['is idle for 30 minutes', "last_used_at = now() - interval '30 minutes 1 second'"],
    ['is 12 hours old', "expires_at = now() - interval '1 second'"],
  ])('end when one %s', async (_name, change) => {
    const caller = await api.login(adminName);
    const { session } = (await caller.ok('/auth/session')) as { session: { id: string } };
    await sql.query(`UPDATE sessions SET ${change} WHERE id = $1`, [session.id]);
    expect((await caller.call('/auth/session')).status).toBe(401);
  });

  it.each([
    ['disabled', { disabled: true }],
    ['given another role', { role: 'viewer' }],
  ])('end at once when the person is %s', async (name, change) => {
    const { id, caller } = await api.createUser(`ends-${name.replaceAll(' ', '-')}`, 'operator');
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: change });
    expect((await caller.call('/auth/session')).status).toBe(401);
  });

  it('end when an administrator sets a new password', async () => {
    const { id, caller } = await api.createUser('forgot', 'viewer');
    const body = { password: 'four other quiet words' };
    await api.admin.ok(`/users/${id}/password`, { method: 'POST', body });
    expect((await caller.call('/auth/session')).status).toBe(401);
  });

  it('end with a new password, but for the browser that set it', async () => {
    const { caller } = await api.createUser('pat', 'viewer');
    const other = await api.login('pat');
    const body = { current_password: goodPassword, new_password: 'four other quiet words' };
    const reply = await caller.call('/auth/password', { method: 'POST', body });
    expect(reply.status).toBe(200);
    expect((await other.call('/auth/session')).status).toBe(401);
    expect((await caller.call('/auth/session')).status).toBe(401);
    const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await new TestCaller(api.url, { cookie }).call('/auth/session')).status).toBe(200);
  });
});

describe('SEC-L4 passwords', () => {
  it.each([
    ['short', 'Tr0ub4dor&3'],
    ['a repetition', 'aaaaaaaaaaaaaaaaaaaa'],
    ['a common word twice', 'passwordpassword'],
    ['the person and the product', 'anna patchgate anna'],
    ['a row of keys', 'qwertyuiopasdfgh'],
    ['longer than anyone types', 'four quiet words and more '.repeat(10)],
  ])('that are %s are refused with a reason at the field', async (_name, password) => {
    const body = { username: 'weak', display_name: 'Anna', role: 'viewer', password };
    const reply = await api.admin.call('/users', { method: 'POST', body });
    expect(reply.status).toBe(400);
    expect(reply.body.issues).toMatchObject([{ path: 'password' }]);
  });

  it('may be any Unicode, however it was typed', async () => {
    const composed = 'größere Äpfel wachsen südlich';
    const body = {
      username: 'uwe',
      display_name: 'Uwe',
      role: 'viewer',
      password: composed.normalize('NFD'),
    };
    await api.admin.post('/users', body);
    expect((await login('uwe', composed.normalize('NFC'))).status).toBe(200);
  });
});

describe('SEC-X1 API tokens', () => {
  it('are shown once, stored hashed, and have the rights their owner has now', async () => {
    const { id, caller } = await api.createUser('robot', 'admin');
    const created = (await caller.post('/api-tokens', { name: 'report' })) as { token: string; id: string };
    expect(created.token).toMatch(/^pgt_[\w-]{43}$/);
    expect(JSON.stringify(await caller.ok('/api-tokens'))).not.toContain(created.token);
    const { rows } = await sql.query('SELECT t::text AS row FROM api_tokens t');
    expect(JSON.stringify(rows)).not.toContain(created.token);
    const robot = new TestCaller(api.url, {
      authorization: `Bearer ${created.token}`,
      'x-patchgate-request': '',
    });
    expect((await robot.call('/users')).status).toBe(200);
    expect((await robot.call('/api-tokens', { method: 'POST', body: { name: 'more' } })).status).toBe(403);
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { role: 'viewer' } });
    expect((await robot.call('/users')).status).toBe(403);
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { disabled: true } });
    expect((await robot.call('/auth/session')).status).toBe(401);
  });

  it('live a year at most and end when revoked or expired', async () => {
    expect(
      (await api.admin.call('/api-tokens', { method: 'POST', body: { name: 'x', expires_in_days: 366 } }))
        .status,
    ).toBe(400);
    const created = (await api.admin.post('/api-tokens', { name: 'short' })) as { token: string; id: string };
    const robot = new TestCaller(api.url, { authorization: `Bearer ${created.token}` });
    expect((await robot.call('/hosts')).status).toBe(200);
    await api.admin.ok(`/api-tokens/${created.id}`, { method: 'DELETE' });
    expect((await robot.call('/hosts')).status).toBe(401);
    const late = (await api.admin.post('/api-tokens', { name: 'late' })) as { token: string; id: string };
    await sql.query("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [
      late.id,
    ]);
    const tooLate = new TestCaller(api.url, { authorization: `Bearer ${late.token}` });
    expect((await tooLate.call('/hosts')).status).toBe(401);
  });
});

describe('the last administrator', () => {
  it('can be neither disabled, demoted nor deleted', async () => {
    const { items } = (await api.admin.ok(`/users?q=${adminName}`)) as { items: { id: string }[] };
    const path = `/users/${items[0]?.id ?? ''}`;
    for (const call of [
      { method: 'PATCH', body: { disabled: true } },
      { method: 'PATCH', body: { role: 'viewer' } },
      { method: 'DELETE' },
    ]) {
      expect((await api.admin.call(path, call)).body.code).toBe('last_admin');
    }
  });
});
