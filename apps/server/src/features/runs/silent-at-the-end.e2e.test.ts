import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openDispatch } from './dispatch.fixture.js';

test('an agent that falls silent before the end holds no run up: it ends without the versions after it', async () => {
  const target = createServer((_request, response) => response.end('ready')).listen(0, '127.0.0.1');
  await once(target, 'listening');
  const it = await openDispatch({ PATCHGATE_CHECK_TIMEOUT_MS: '500' });
  try {
    const hostId = await it.addHost('silent.example.org');
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
    const check = { name: 'page', check_type: 'http', url, expected_body: 'ready' };
    const { id: checkId } = await it.api.admin.post(`/hosts/${hostId}/health-checks`, check);
    const id = await it.addRun({ hostId, checks: [{ id: String(checkId), name: check.name }] });
    await it.until(id, 'verifying');
    await it.script(hostId, { bad_answer: 'hang' });
    expect(await it.until(id, 'succeeded')).toMatchObject({
      verification: 'verified',
      package_changes: [
        { name: 'openssl', wanted: '3.0.15-1', after: null },
        { name: 'tzdata', wanted: '2026b-0', after: null },
      ],
    });
  } finally {
    target.close();
    await it.close();
  }
});
