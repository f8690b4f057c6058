import argon2 from 'argon2';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminName, goodPassword, startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { PasswordHasher } from './password-hasher.js';

let api: TestApi;
let sql: Client;
beforeAll(async () => {
  api = await startTestApi();
  sql = new Client(api.database.adminUrl);
  await sql.connect();
});
beforeEach(() => sql.query('DELETE FROM rate_limits'));
afterAll(async () => {
  await sql.end();
  await api.close();
});

const login = (username: string, password: string, headers: Record<string, string> = {}) =>
  api.stranger.call('/auth/login', { method: 'POST', body: { username, password }, headers });

const used = (key: string, uses: number) =>
  sql.query('INSERT INTO rate_limits VALUES ($1, now(), $2)', [key, uses]);

describe('SEC-L1 password hashes', () => {
  it('are argon2id with OWASP parameters', async () => {
    const { rows } = await sql.query<{ password_hash: string }>('SELECT password_hash FROM users');
    for (const { password_hash } of rows)
      expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=65536,p=1,t=3\$/);
  });

  it('that are weaker are made anew when the person signs in', async () => {
    const weaker = await argon2.hash(goodPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await sql.query('UPDATE users SET password_hash = $1 WHERE username = $2', [weaker, adminName]);
    expect((await login(adminName, goodPassword)).status).toBe(200);
    const { rows } = await sql.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE username = $1',
      [adminName],
    );
    expect(rows[0]?.password_hash).toMatch(/\$m=65536,p=1,t=3\$/);
  });

  it('are compared two at a time, and beyond a hundred that wait the answer is to try again', async () => {
    const hasher = new PasswordHasher();
    const cheap = await argon2.hash(goodPassword, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
    const tries = Array.from({ length: 103 }, () => hasher.verify(cheap, goodPassword));
    const outcomes = await Promise.allSettled(tries);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'too_many_requests', retryAfterSeconds: 5 } }]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value)).toHaveLength(102);
    expect(await hasher.verify(cheap, 'wrong')).toBe(false);
  });
});

describe('SEC-L3 refusals', () => {
  it('are alike for unknown, wrong and disabled', async () => {
    const { id } = await api.createUser('gone', 'viewer');
    await api.admin.ok(`/users/${id}`, { method: 'PATCH', body: { disabled: true } });
    const replies = [
      await login('nobody', goodPassword),
      await login(adminName, 'wrong'),
      await login('gone', goodPassword),
    ];
    const seen = replies.map(({ status, body }) => JSON.stringify([status, { ...body, request_id: '' }]));
    expect(new Set(seen).size).toBe(1);
    expect(replies[0]?.status).toBe(401);
  });

  it('take the same time whether there is such a person or not', async () => {
    const timed = async (username: string) => {
      const startedAt = performance.now();
      expect((await login(username, 'wrong')).status).toBe(401);
      return performance.now() - startedAt;
    };
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 7; round += 1) {
      times.known.push(await timed(adminName));
      times.unknown.push(await timed('nobody'));
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[3]!;
    const ratio = median(times.unknown) / median(times.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('SEC-L2 limits', () => {
  it('slow an account down after ten failures and say when to come back', async () => {
    const replies = await Promise.all(Array.from({ length: 15 }, () => login('limited', 'wrong')));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBe(5);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const { rows } = await sql.query<{ key: string }>(
      "SELECT key FROM rate_limits WHERE key LIKE 'login/account/%'",
    );
    expect(JSON.stringify(rows)).not.toContain('limited');
  });

  it.each([
    ['one network', 'login/network/127.0.0.1', 60],
    ['all together', 'login/all', 600],
  ])('hold for %s, whoever is tried', async (_name, key, most) => {
    await used(key, most - 1);
    expect((await login('first', 'wrong')).status).toBe(401);
    expect((await login('second', 'wrong')).status).toBe(429);
    expect((await login(adminName, goodPassword)).status).toBe(429);
    await sql.query("UPDATE rate_limits SET window_started_at = now() - interval '61 seconds'");
    expect((await login(adminName, goodPassword)).status).toBe(200);
  });

  it.each([
    ['from nobody when no proxy is listed', {}, '127.0.0.1'],
    ['not from a peer that is not listed', { PATCHGATE_TRUSTED_PROXIES: '10.0.0.0/8' }, '127.0.0.1'],
    ['from a listed proxy', { PATCHGATE_TRUSTED_PROXIES: '10.0.0.0/8,127.0.0.1' }, '203.0.113.9'],
  ])('believe a forwarded address %s', async (_name, settings, source) => {
    const behind = await startTestApi(settings);
    const database = new Client(behind.database.adminUrl);
    await database.connect();
    try {
      await behind.stranger.ok('/auth/login', {
        method: 'POST',
        body: { username: adminName, password: goodPassword },
        headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' },
      });
      const { rows } = await database.query<{ key: string }>(
        "SELECT key FROM rate_limits WHERE key LIKE 'login/network/%'",
      );
      expect(rows).toEqual([{ key: `login/network/${source}` }]);
    } finally {
      await database.end();
      await behind.close();
    }
  });

  it('count failures only', async () => {
    for (let attempt = 0; attempt < 12; attempt += 1)
      expect((await login(adminName, goodPassword)).status).toBe(200);
  });
});
