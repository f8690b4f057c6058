import { DataSource } from 'typeorm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { Logger } from '../../platform/logger/logger.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { add, addHost, put, service, web } from './checks.fixture.js';
import { PolledChecks } from './polled-checks.js';

let api: TestApi;
let checks: PolledChecks;
beforeAll(async () => {
  api = await startTestApi();
  checks = new PolledChecks(api.app.get(Sealer), api.app.get(Logger));
});
afterAll(() => api.close());

const load = (...hostIds: string[]) => checks.loadChecks(api.app.get(DataSource).manager, hostIds);
const withPassword = { ...web, basic_auth_user: 'monitor', basic_auth_pass: 'a password' };

it('gives the worker the enabled checks with what a probe needs', async () => {
  const hostId = await addHost(api);
  const http = await add(api.admin, hostId, withPassword);
  await put(api.admin, http, { ...web, basic_auth_user: 'monitor', expected_body: 'up' });
  await add(api.admin, hostId, { ...service, enabled: false });
  const tls = {
    name: 'db',
    check_type: 'tcp',
    target_host: 'db.example.org',
    target_port: 5432,
    use_tls: true,
  };
  const mutual = await add(api.admin, hostId, { ...tls, use_client_cert: true });
  const asked = await add(api.admin, hostId, service);
  expect(await load(hostId)).toEqual([
    {
      id: http.id,
      name: http.name,
      hostId,
      revision: 2,
      status: 'unknown',
      target: {
        type: 'http',
        url: web.url,
        expectedBody: 'up',
        ignoreCertErrors: true,
        basicAuth: { user: 'monitor', password: 'a password' },
      },
    },
    {
      id: mutual.id,
      name: mutual.name,
      hostId,
      revision: 1,
      status: 'unknown',
      target: { type: 'tcp', host: 'db.example.org', port: 5432, tls: 'mutual', ignoreCertErrors: false },
    },
    {
      id: asked.id,
      name: asked.name,
      hostId,
      revision: 1,
      status: 'unknown',
      target: {
        type: 'service',
        serviceName: 'nginx',
        agent: { hostId, address: expect.stringMatching(/^10\.9\./) as string, port: 12443 },
      },
    },
  ]);
});

it('marks a check whose password does not open, and no other', async () => {
  const hostId = await addHost(api);
  const broken = await add(api.admin, hostId, withPassword);
  const whole = await add(api.admin, hostId, service);
  const admin = new Client(api.database.adminUrl);
  await admin.connect();
  await admin.query(
    "UPDATE host_health_checks SET basic_auth_pass_nonce = decode(repeat('00', 12), 'hex') WHERE id = $1",
    [broken.id],
  );
  await admin.end();
  expect(await load(hostId)).toMatchObject([
    { id: broken.id, target: { type: 'http', basicAuth: 'unreadable' } },
    { id: whole.id, target: { type: 'service' } },
  ]);
});
