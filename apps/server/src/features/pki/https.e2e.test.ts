import 'reflect-metadata';
import { Activity } from '@patchgate/service-health';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { goodPassword } from '../../api.fixture.js';
import { readConfig } from '../../config/config.schema.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { createLogger } from '../../platform/logger/logger.js';
import { openPki } from '../../roles/open-pki.js';
import { openSecrets } from '../../roles/open-secrets.js';
import { createApi } from '../../roles/run-api.js';
import { SetupService } from '../accounts/setup.service.js';

interface Reply {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

let origin: string;
let ca: string;
let token: string | null;
let close: () => Promise<void>;

/** The api as it is beyond loopback; the test itself listens on loopback only. */
beforeAll(async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-https-'));
  const database = await createTestDatabase();
  const clock = new SystemClock();
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    PATCHGATE_DATA_DIR: directory,
    PATCHGATE_HOST: '0.0.0.0',
  });
  const dataSource = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  const service = {
    config,
    clock,
    dataSource,
    logger: createLogger('api', 'silent'),
    activity: new Activity(clock),
  };
  const sealer = await openSecrets(service, process);
  const { authority, certificate } = await openPki(service, sealer);
  const app = await createApi({ ...service, sealer }, certificate!.current);
  await app.listen(0, '127.0.0.1');
  origin = await app.getUrl();
  ca = await authority.certificate();
  token = await app.get(SetupService).issueToken();
  close = async () => {
    await app.close();
    await dataSource.destroy();
    await database.drop();
    await rm(directory, { recursive: true });
  };
});
afterAll(() => close());

interface Call extends RequestOptions {
  json?: unknown;
  headers?: Record<string, string | undefined>;
}

async function call(url: string, { json, headers, ...rest }: Call = {}): Promise<Reply> {
  const sent = request(`${origin}${url}`, {
    agent: false,
    ca,
    method: json === undefined ? 'GET' : 'POST',
    ...rest,
    headers: { 'x-patchgate-request': '1', 'content-type': 'application/json', ...headers },
  });
  sent.end(json === undefined ? undefined : JSON.stringify(json));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('HTTPS with a certificate of our own authority', () => {
  it('is what is served, and plain HTTP is not', async () => {
    expect(origin).toMatch(/^https:/);
    await expect(fetch(origin.replace('https', 'http'))).rejects.toThrow();
  });

  it('is trusted by whoever knows the authority, and by nobody else', async () => {
    expect((await call('/api/v1/setup')).status).toBe(200);
    await expect(call('/api/v1/setup', { ca: [] })).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    await expect(call('/api/v1/setup', { servername: 'other.example.org' })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('tells everybody the certificate of the authority', async () => {
    const reply = await call('/api/v1/pki/ca.pem', { headers: { 'x-patchgate-request': '' } });
    expect(reply).toMatchObject({
      status: 200,
      body: ca,
      headers: { 'content-type': 'application/pem-certificate-chain', 'x-content-type-options': 'nosniff' },
    });
    expect(new X509Certificate(reply.body).ca).toBe(true);
    expect((await call('/api/v1/pki/ca.pem?all=1')).status).toBe(400);
    expect((await call('/api/v1/pki/ca.key')).status).toBe(404);
  });

  it('SEC-S1 signs a browser in: the cookie is Secure, comes back, and holds against other origins', async () => {
    const person = { username: 'anna', password: goodPassword };
    const setUp = await call('/api/v1/setup', { json: { token, ...person }, headers: { origin } });
    expect(setUp.status).toBe(201);
    const signedIn = await call('/api/v1/auth/login', { json: person, headers: { origin } });
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const headers = { cookie: cookie.split(';')[0] };
    const session = await call('/api/v1/auth/session', { headers });
    expect(JSON.parse(session.body)).toMatchObject({ user: { username: 'anna', role: 'admin' } });
    const group = { json: { name: 'one' } };
    const plain = origin.replace('https', 'http');
    expect((await call('/api/v1/groups', { ...group, headers: { ...headers, origin: plain } })).status).toBe(
      403,
    );
    expect((await call('/api/v1/groups', { ...group, headers: { ...headers, origin } })).status).toBe(201);
  });
});
