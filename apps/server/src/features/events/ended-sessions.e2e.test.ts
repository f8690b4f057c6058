import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCaller, goodPassword, startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { EventService } from './event.service.js';
import { follow } from './follower.fixture.js';

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

const open = () => api.app.get(EventService).facts().activeListeners?.sse;

describe('SEC-S1 a live stream', () => {
  interface Person {
    id: string;
    caller: TestCaller;
    session: string;
  }
  const ends: [string, (person: Person) => Promise<unknown>][] = [
    ['the person signs out', ({ caller }) => caller.ok('/auth/logout', { method: 'POST' })],
    [
      'the person is disabled',
      ({ id }) => api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { disabled: true } }),
    ],
    [
      'the person gets another role',
      ({ id }) => api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { role: 'admin' } }),
    ],
    ['the person is deleted', ({ id }) => api.admin.ok(`/users/${id}`, { method: 'DELETE' })],
    [
      'the person sets a new password',
      ({ caller }) =>
        caller.ok('/auth/password', {
          method: 'POST',
          body: { current_password: goodPassword, new_password: 'four other quiet words' },
        }),
    ],
    [
      'an administrator sets a new password',
      ({ id }) =>
        api.admin.ok(`/users/${id}/password`, {
          method: 'POST',
          body: { password: 'four other quiet words' },
        }),
    ],
    [
      'the session is ended from another browser',
      async ({ caller, session }) => {
        const { user } = (await caller.ok('/auth/session')) as { user: { username: string } };
        const other = await api.login(user.username);
        await other.ok(`/auth/sessions/${session}`, { method: 'DELETE' });
      },
    ],
    [
      'the session expires',
      ({ session }) => sql.query('UPDATE sessions SET expires_at = now() WHERE id = $1', [session]),
    ],
    [
      'the session was idle for 30 minutes',
      ({ session }) =>
        sql.query("UPDATE sessions SET last_used_at = now() - interval '30 minutes' WHERE id = $1", [
          session,
        ]),
    ],
  ];

  it.each(ends)('ends within a second when %s', async (name, end) => {
    const { id, caller } = await api.createUser(name.replace(/\W+/g, '-'), 'viewer');
    const { session } = (await caller.ok('/auth/session')) as { session: { id: string } };
    const stream = await follow(caller, api.url);
    await stream.hears('reset');
    await end({ id, caller, session: session.id });
    const endedAtMs = performance.now();
    expect((await stream.ended) - endedAtMs).toBeLessThan(1_000);
    expect((await caller.call('/events')).status).toBe(401);
  });

  it.each([
    ['is revoked', (token: string) => api.admin.ok(`/api-tokens/${token}`, { method: 'DELETE' })],
    [
      'expires',
      (token: string) => sql.query('UPDATE api_tokens SET expires_at = now() WHERE id = $1', [token]),
    ],
  ])('of a program ends within a second when its token %s', async (name, end) => {
    const { id, token } = (await api.admin.post('/api-tokens', { name })) as { id: string; token: string };
    const stream = await follow(new TestCaller(api.url, { authorization: `Bearer ${token}` }), api.url);
    await stream.hears('reset');
    await end(id);
    const endedAtMs = performance.now();
    expect((await stream.ended) - endedAtMs).toBeLessThan(1_000);
  });

  it('does not keep its session from being idle, nor does what a page asks for unattended', async () => {
    const { caller } = await api.createUser('away', 'viewer');
    const { session } = (await caller.ok('/auth/session')) as { session: { id: string } };
    const age = "UPDATE sessions SET last_used_at = now() - interval '29 minutes' WHERE id = $1";
    await sql.query(age, [session.id]);
    const usedAt = async () => {
      const select = 'SELECT last_used_at::text AS at FROM sessions WHERE id = $1';
      return (await sql.query<{ at: string }>(select, [session.id])).rows[0]?.at;
    };
    const before = await usedAt();
    const stream = await follow(caller, api.url);
    await stream.hears('reset');
    await caller.ok('/hosts', { headers: { 'x-patchgate-unattended': '1' } });
    expect(await usedAt()).toBe(before);
    await caller.ok('/hosts');
    expect(await usedAt()).not.toBe(before);
  });
});

describe('limits of live streams', () => {
  it('are per person, in words, and end with the streams', async () => {
    const { caller } = await api.createUser('greedy', 'viewer');
    const streams = [];
    for (let count = 0; count < 20; count += 1) streams.push(await follow(caller, api.url));
    const reply = await caller.call('/events');
    expect([reply.status, reply.body.code]).toEqual([429, 'too_many_requests']);
    expect(reply.body.message).toBe('You follow 20 live streams already; close one first.');
    expect(reply.headers.get('content-type')).toMatch(/json/);
    expect(reply.headers.get('retry-after')).toBe('10');
    expect((await api.admin.call('/events')).status).toBe(200);
    streams[0]?.close();
    await expect.poll(async () => (await caller.call('/events')).status).toBe(200);
  });

  it('hold nothing for a question about headers', async () => {
    await expect.poll(open).toBe(0);
    const reply = await api.admin.call('/events', { method: 'HEAD' });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    expect(open()).toBe(0);
  });
});
