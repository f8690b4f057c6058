import 'reflect-metadata';
import { hostIdentity } from '@patchgate/contracts/agent';
import { ExtendedKeyUsage } from '@peculiar/x509';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

import { TestHost, testHostId } from '../agent/running-agent.fixture.js';
import type { Wanted } from './test-authority.fixture.js';
import { TestAuthority } from './test-authority.fixture.js';

const url = (value: string) => ({ type: 'url', value }) as const;

async function requested(host: TestHost): Promise<string> {
  const { json } = await host.call('POST', '/api/v1/certificate/request', {});
  return json.data['csr'] as string;
}

const own: Wanted = {
  names: [url(hostIdentity(testHostId)), { type: 'ip', value: '127.0.0.1' }],
  usages: [ExtendedKeyUsage.serverAuth],
  commonName: 'renewed',
};

describe('a certificate', () => {
  test('is renewed with a new key while the agent serves', async () => {
    const host = await (await TestHost.create()).start();
    const server_crt = await host.authority.answer(await requested(host), own);
    const ca_crt = host.authority.certificate;
    expect((await host.call('PUT', '/api/v1/certificate', { server_crt, ca_crt })).status).toBe(200);
    expect((await host.call('GET', '/api/v1/health')).status).toBe(200);
    expect(await readdir(host.certificates)).toEqual(['ca.pem', 'identity.pem']);
    const again = await host.call('PUT', '/api/v1/certificate', { server_crt, ca_crt });
    expect(again.json.error?.['code']).toBe('NO_CERTIFICATE_REQUEST');
    await host.stop();
    await host.start();
    expect((await host.call('GET', '/api/v1/health')).status).toBe(200);
  });

  test('that would make the agent unreachable is not taken', async () => {
    const host = await (await TestHost.create()).start();
    const other = await TestAuthority.create('CN=Another CA');
    const key = await requested(host);
    const ca_crt = host.authority.certificate;
    const foreign = await host.authority.issueHost(testHostId);
    const offers = [
      { server_crt: foreign.certificate, ca_crt },
      {
        server_crt: await host.authority.answer(key, { ...own, names: [url(hostIdentity('another'))] }),
        ca_crt,
      },
      {
        server_crt: await host.authority.answer(key, { ...own, from: new Date(0), to: new Date(1) }),
        ca_crt,
      },
      { server_crt: await other.answer(key, own), ca_crt },
      { server_crt: await other.answer(key, own), ca_crt: other.certificate },
      { server_crt: 'nothing', ca_crt },
    ];
    const answers = [];
    for (const offer of offers) answers.push(await host.call('PUT', '/api/v1/certificate', offer));
    expect(answers.map(({ status, json }) => [status, json.error?.['message']])).toEqual([
      [400, 'server_crt: is not for the key that was asked for'],
      [400, `server_crt: lacks URI:${hostIdentity(testHostId)}`],
      [400, 'server_crt: has expired'],
      [400, 'server_crt: signed by none of ca_crt'],
      [400, 'ca_crt: lacks the authority of the manager that sends it'],
      [400, 'server_crt and ca_crt must be certificates in PEM'],
    ]);
    expect((await host.call('GET', '/api/v1/health')).status).toBe(200);
  });
});
