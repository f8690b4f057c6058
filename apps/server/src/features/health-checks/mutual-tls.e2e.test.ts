import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTargets } from '../../../../../packages/probes/src/targets.fixture.js';
import type { Targets } from '../../../../../packages/probes/src/targets.fixture.js';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { add, addHost } from './checks.fixture.js';

let targets: Targets;
let directory: string;
let api: TestApi;
let withoutCertificate: TestApi;
beforeAll(async () => {
  targets = await startTargets();
  directory = await mkdtemp(path.join(tmpdir(), 'patchgate-client-'));
  const [cert, key] = [path.join(directory, 'client.pem'), path.join(directory, 'client.key')];
  await writeFile(cert, targets.client.cert);
  await writeFile(key, targets.client.key, { mode: 0o600 });
  const loopback = { PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.1' };
  api = await startTestApi({ ...loopback, PATCHGATE_CLIENT_CERT: cert, PATCHGATE_CLIENT_KEY: key });
  withoutCertificate = await startTestApi(loopback);
});
afterAll(async () => {
  targets.stop();
  await api.close();
  await withoutCertificate.close();
  await rm(directory, { recursive: true });
});

it.each([
  ['presents the certificate of PATCHGATE_CLIENT_CERT', () => api, {}, 'ok'],
  ['does not present it where it is not to', () => api, { use_client_cert: false }, 'tls'],
  ['judges the server all the same', () => api, { ignore_cert_errors: false }, 'cert'],
  ['fails without one to present', () => withoutCertificate, {}, 'tls'],
] as const)(
  'H7 a check of a server that demands a client certificate %s',
  async (_what, from, changes, reason) => {
    const { admin } = from();
    const { host_id, id } = await add(admin, await addHost(from()), {
      ...{
        name: 'mutual',
        check_type: 'tcp',
        target_host: '127.0.0.1',
        target_port: targets.port('tls-mutual'),
      },
      ...{ use_tls: true, use_client_cert: true, ignore_cert_errors: true },
      ...changes,
    });
    const result = await admin.ok(`/hosts/${host_id}/health-checks/${id}/test`, { method: 'POST' });
    expect(result).toMatchObject({ healthy: reason === 'ok', reason });
  },
);
