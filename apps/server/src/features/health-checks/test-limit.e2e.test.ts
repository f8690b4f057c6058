import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { add, addHost, service } from './checks.fixture.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

it('SEC-L2 a person runs sixty tests a minute, saved or not, and is told when the next one may be', async () => {
  const hostId = await addHost(api);
  const { id } = await add(api.admin, hostId, service);
  const { id: userId, caller: other } = await api.createUser('berta', 'admin');
  const path = `/hosts/${hostId}/health-checks`;
  const saved = (caller: TestCaller) => caller.call(`${path}/${id}/test`, { method: 'POST' });
  const unsaved = (caller: TestCaller, body: object = service) =>
    caller.call(`${path}/test`, { method: 'POST', body });
  const sqlOf = api.app.get(DataSource);
  const used = async () =>
    (
      await sqlOf.query<{ used: number }[]>('SELECT used FROM rate_limits WHERE key = $1', [
        `check-test/user/${userId}`,
      ])
    )[0]?.used;
  expect((await saved(other)).status).toBe(200);
  expect((await unsaved(other)).status).toBe(200);
  // What is refused before anything is asked costs nothing.
  expect((await unsaved(other, { ...service, service_name: '../etc' })).status).toBe(400);
  expect(await used()).toBe(2);
  await sqlOf.query('UPDATE rate_limits SET used = 59 WHERE key = $1', [`check-test/user/${userId}`]);
  expect((await saved(other)).status).toBe(200);
  for (const refused of [await saved(other), await unsaved(other)]) {
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  }
  expect((await saved(api.admin)).status).toBe(200);
  await sqlOf.query("UPDATE rate_limits SET window_started_at = now() - interval '61 seconds'");
  expect((await saved(other)).status).toBe(200);
});
