import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';

interface Listed {
  items: { fqdn: string; id: string; address: string; health_check_status: string }[];
  next_cursor: string | null;
  total: number;
}

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  for (let n = 1; n <= 25; n += 1) {
    await api.admin.post('/hosts', {
      fqdn: `web-${String(n).padStart(2, '0')}.example.org`,
      address: `10.1.0.${n}`,
    });
  }
});
afterAll(() => api.close());

const list = async (query: string) => (await api.admin.ok(`/hosts?${query}`)) as unknown as Listed;

describe('the list of hosts', () => {
  it.each(['health', 'fqdn', '-fqdn', 'address', '-address', 'patches_security', '-patches_security'])(
    'has each host once over its pages, by %s',
    async (sort) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Listed = await list(`sort=${sort}&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`);
        expect(page.total).toBe(25);
        seen.push(...page.items.map(({ fqdn }) => fqdn));
        cursor = page.next_cursor;
      } while (cursor !== null);
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
      const byName = [...seen].sort();
      if (sort === 'health' || sort === 'fqdn') expect(seen).toEqual(byName);
      if (sort === '-fqdn') expect(seen).toEqual(byName.reverse());
    },
  );

  it.each([
    ['health', [2 ** 31, 'a', 'f'.repeat(36)]],
    ['health', [2 ** 31, 'a', '01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0']],
    ['health', [0, 'a', '-'.repeat(36)]],
    ['address', ['....', 1]],
    ['address', ['10.0.0.1', 2 ** 31]],
    ['patches_security', [2 ** 31, '01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0']],
    ['fqdn', ['\u0000']],
  ])('refuses a cursor by %s that no page has given: %j', async (sort, parts) => {
    const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
    const reply = await api.admin.call(`/hosts?sort=${sort}&cursor=${cursor}`);
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
  });

  it('goes on after an address that PostgreSQL writes in its own way', async () => {
    const { id } = (await api.admin.post('/hosts', {
      fqdn: 'mapped.example.org',
      address: '::ffff:a01:1',
    })) as {
      id: string;
    };
    const { items, next_cursor } = await list('sort=-address&limit=1');
    expect(items).toMatchObject([{ address: '::ffff:10.1.0.1' }]);
    expect((await list(`sort=-address&limit=1&cursor=${next_cursor ?? ''}`)).items).toHaveLength(1);
    await api.admin.ok(`/hosts/${id}`, { method: 'DELETE' });
  });

  it('goes on after any severity a cursor can name', async () => {
    const cursor = Buffer.from(JSON.stringify([65536, 'a', '01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0']));
    expect((await list(`sort=health&cursor=${cursor.toString('base64url')}`)).items).toEqual([]);
  });

  it('sorts addresses as numbers', async () => {
    const { items } = await list('sort=address&limit=200');
    expect(items.map(({ address }) => Number(address.split('.')[3]))).toEqual(
      Array.from({ length: 25 }, (_, n) => n + 1),
    );
  });

  it('searches names and addresses, taking wildcards literally', async () => {
    expect((await list('q=web-1')).total).toBe(10);
    expect((await list('q=10.1.0.25')).total).toBe(1);
    expect((await list('q=%25')).total).toBe(0);
    expect((await list('q=_')).total).toBe(0);
  });

  it('filters by health, agent and group', async () => {
    expect((await list('health=none')).total).toBe(25);
    expect((await list('health=healthy')).total).toBe(0);
    expect((await list('agent=not_enrolled')).total).toBe(25);
    expect((await list('health=none&agent=not_enrolled&q=')).total).toBe(25);
    const { id } = (await api.admin.post('/groups', { name: 'some' })) as { id: string };
    const { items } = await list('limit=3');
    await api.admin.post(`/groups/${id}/hosts`, { host_ids: items.map((host) => host.id) });
    expect((await list(`group=${id}`)).total).toBe(3);
  });
});

describe('the health of listed hosts', () => {
  it('is filtered as it is shown: a result that is no longer fresh is unknown', async () => {
    const sql = new Client(api.database.adminUrl);
    await sql.connect();
    const stored = [
      ['web-01', 'healthy', '1 hour'],
      ['web-02', 'healthy', '-1 second'],
      ['web-03', 'unhealthy', '1 hour'],
      ['web-04', 'unhealthy', '-1 second'],
      ['web-05', 'unknown', '1 hour'],
    ];
    for (const [name, status, fresh] of stored)
      await sql.query(
        `UPDATE host_health SET health_check_status = $2, fresh_until = now() + $3::interval WHERE fqdn LIKE $1 || '.%'`,
        [name, status, fresh],
      );
    const shown = (await list('limit=200')).items.map((host) => [
      host.fqdn.slice(0, 6),
      host.health_check_status,
    ]);
    for (const health of ['healthy', 'unhealthy', 'unknown', 'none']) {
      const { items, total } = await list(`health=${health}&limit=200&q=WEB-0&agent=not_enrolled`);
      const expected = shown.filter(([name, status]) => name?.startsWith('web-0') && status === health);
      expect(items.map(({ fqdn }) => fqdn.slice(0, 6))).toEqual(expected.map(([name]) => name));
      expect(total).toBe(expected.length);
      expect((await list(`health=${health}`)).total).toBe(
        shown.filter(([, status]) => status === health).length,
      );
    }
    expect(Object.fromEntries(shown)).toMatchObject({
      'web-01': 'healthy',
      'web-02': 'unknown',
      'web-03': 'unhealthy',
      'web-04': 'unknown',
      'web-05': 'unknown',
    });
    await sql.query(`UPDATE host_health SET health_check_status = 'none'`);
    await sql.end();
  });
});

describe('a host made by hand', () => {
  it.each([
    ['fqdn', { fqdn: 'web_1!', address: '10.9.0.1' }],
    ['fqdn', { fqdn: '10.0.0.1', address: '10.9.0.1' }],
    ['fqdn', { fqdn: `${'a'.repeat(64)}.example.org`, address: '10.9.0.1' }],
    ['address', { fqdn: 'new.example.org', address: '10.9.0.256' }],
    ['address', { fqdn: 'new.example.org', address: 'example.org' }],
    ['agent_port', { fqdn: 'new.example.org', address: '10.9.0.1', agent_port: 0 }],
    ['agent_port', { fqdn: 'new.example.org', address: '10.9.0.1', agent_port: 65536 }],
    [
      'group_ids',
      { fqdn: 'new.example.org', address: '10.9.0.1', group_ids: ['01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0'] },
    ],
  ])('is refused at %s: %j', async (field, body) => {
    const reply = await api.admin.call('/hosts', { method: 'POST', body });
    expect(reply.status).toBe(400);
    expect(reply.body.issues).toMatchObject([{ path: field }]);
    expect((await list('q=new')).total).toBe(0);
  });

  it.each([
    ['fqdn', { fqdn: 'WEB-01.example.org', address: '10.9.0.1' }],
    ['address', { fqdn: 'other.example.org', address: '10.1.0.1' }],
  ])('is refused as a duplicate, naming the %s', async (field, body) => {
    const reply = await api.admin.call('/hosts', { method: 'POST', body });
    expect([reply.status, reply.body.code]).toEqual([409, 'host_exists']);
    expect(reply.body.issues).toMatchObject([{ path: field }]);
  });

  it('is changed and deleted, and the trail says so', async () => {
    const { id } = (await api.admin.post('/hosts', { fqdn: 'old.example.org', address: 'FD00::1' })) as {
      id: string;
    };
    const changed = await api.admin.ok(`/hosts/${id}`, {
      method: 'PATCH',
      body: { fqdn: 'renamed.example.org' },
    });
    expect(changed).toMatchObject({ fqdn: 'renamed.example.org', address: 'fd00::1', agent_port: 12443 });
    expect((await list('sort=health&q=renamed')).total).toBe(1);
    const taken = await api.admin.call(`/hosts/${id}`, {
      method: 'PATCH',
      body: { fqdn: 'web-01.example.org' },
    });
    expect(taken.body.code).toBe('host_exists');
    await api.admin.ok(`/hosts/${id}`, { method: 'DELETE' });
    expect((await api.admin.call(`/hosts/${id}`)).status).toBe(404);
    const { items } = (await api.admin.ok(`/audit-log?object_id=${id}`)) as { items: { action: string }[] };
    expect(items.map(({ action }) => action)).toEqual(['host.delete', 'host.update', 'host.create']);
    expect(await api.admin.ok('/audit-log/verify', { method: 'POST' })).toMatchObject({ valid: true });
  });
});
