import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test('a real installation has no trace of the demo: neither routes nor a mark on its pages', async () => {
  const { id } = await api.admin.post('/hosts', { fqdn: 'a.example.org', address: '10.0.0.1' });
  expect((await api.admin.call('/demo/faults')).status).toBe(404);
  const repair = await api.admin.call(`/demo/hosts/${String(id)}/repair`, { method: 'POST' });
  expect(repair.status).toBe(404);
  expect(await (await fetch(api.origin)).text()).not.toContain('patchgate-demo');
  const document = await (await fetch(`${api.origin}/api/openapi.json`)).text();
  expect(document).toContain('/hosts');
  expect(document).not.toContain('/demo/');
});
