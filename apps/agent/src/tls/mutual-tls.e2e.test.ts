import 'reflect-metadata';
import { ExtendedKeyUsage } from '@peculiar/x509';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AgentAnswer } from '../agent/call-agent.fixture.js';
import { callAgent } from '../agent/call-agent.fixture.js';
import { TestHost, testHostId } from '../agent/running-agent.fixture.js';
import { badCertificates } from './bad-certificates.fixture.js';
import type { Issued } from './test-authority.fixture.js';
import { TestAuthority } from './test-authority.fixture.js';

const HEALTH = '/api/v1/health';

async function hostWithRevoked(settings: object = {}, atEnd?: (clean: () => Promise<void>) => void) {
  const host = await TestHost.create(settings, {}, atEnd);
  const revoked = await host.authority.issue();
  await writeFile(path.join(host.certificates, 'crl.pem'), await host.authority.revoke([revoked.serial]));
  return { host: await host.start(), revoked };
}

const ask = (host: TestHost, as: Issued | undefined, more: object = {}): Promise<AgentAnswer> =>
  callAgent({ port: host.port, authority: host.authority.certificate, as, path: HEALTH, ...more });

describe('SEC-M1 an agent', () => {
  test('answers the manager, also with a longer chain than it needs', async () => {
    const { host } = await hostWithRevoked();
    const answer = await ask(host, host.manager);
    expect([answer.status, answer.json.success]).toEqual([200, true]);
    const both = await host.authority.issue({
      usages: [ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth],
    });
    const chain = { ...both, certificate: both.certificate + host.authority.certificate };
    expect((await ask(host, chain)).status).toBe(200);
  });

  describe('gives no answer to', () => {
    let made: Awaited<ReturnType<typeof hostWithRevoked>>;
    const cleaning: (() => Promise<void>)[] = [];
    beforeAll(async () => {
      made = await hostWithRevoked({}, (clean) => cleaning.push(clean));
    });
    afterAll(async () => {
      for (const clean of cleaning) await clean();
    });

    test.each(Object.keys(badCertificates))('%s', async (name) => {
      const { host, revoked } = made;
      const certificate = await badCertificates[name]!(host.authority, revoked);
      await expect(ask(host, certificate)).rejects.toThrow();
      expect(answered(host)).toBe(0);
    });

    test('TLS 1.2', async () => {
      await expect(ask(made.host, made.host.manager, { maxVersion: 'TLSv1.2' })).rejects.toThrow(
        /alert|version/,
      );
      expect(answered(made.host)).toBe(0);
    });

    test('and after all of them still answers the manager', async () => {
      expect((await ask(made.host, made.host.manager)).status).toBe(200);
    });
  });

  test('ends a connection whose certificate is revoked while it is open, and resumes no session', async () => {
    const { host } = await hostWithRevoked();
    const manager = await host.authority.issue();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await ask(host, manager, { agent })).status).toBe(200);
    await writeFile(path.join(host.certificates, 'crl.pem'), await host.authority.revoke([manager.serial]));
    process.kill(host.pid, 'SIGHUP');
    await host.saying(/certificates read anew/);
    await expect(ask(host, manager, { agent })).rejects.toThrow();
    agent.destroy();
    expect(await isResumed(host)).toBe(false);
  });

  test('lets nobody in while its list of revoked certificates is signed by a stranger', async () => {
    const { host } = await hostWithRevoked();
    const stranger = await TestAuthority.create();
    await writeFile(path.join(host.certificates, 'crl.pem'), await stranger.revoke([]));
    process.kill(host.pid, 'SIGHUP');
    await host.saying(/certificates read anew/);
    await expect(ask(host, host.manager)).rejects.toThrow();
  });

  test('shows a certificate that was put in its place without a restart, and keeps the old one when it is bad', async () => {
    const { host } = await hostWithRevoked();
    const next = await host.authority.issueHost(testHostId, { commonName: 'next' });
    await host.show({ ...next, privateKey: (await host.authority.issue()).privateKey });
    await host.saying(/certificates cannot be used/);
    expect((await ask(host, host.manager)).status).toBe(200);
    await host.show(next);
    await host.saying(/certificates read anew/);
    expect(await shownName(host)).toBe('next');
  });

  test('hangs up on addresses that are not in its list before it speaks TLS', async () => {
    const { host } = await hostWithRevoked({ allow: ['10.0.0.0/8', '127.9.9.9'] });
    await expect(ask(host, host.manager)).rejects.toThrow(/socket|ECONNRESET/);
  });
});

const answered = (host: TestHost): number => host.output.split('"msg":"request answered"').length - 1;

function managerSocket(host: TestHost, session?: Buffer): TLSSocket {
  const { certificate: cert, privateKey: key } = host.manager;
  const options = { host: '127.0.0.1', port: host.port, ca: host.authority.certificate, cert, key };
  const socket = connect({ ...options, ...(session && { session }) });
  socket.write(`GET ${HEALTH} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  return socket.resume();
}

async function shownName(host: TestHost): Promise<string | undefined> {
  const socket = managerSocket(host);
  await once(socket, 'secureConnect');
  const subject = socket.getPeerX509Certificate()?.subject;
  socket.destroy();
  return subject?.replace('CN=', '');
}

/** Whether the agent takes up the session of an earlier connection, which had a whole answer. */
async function isResumed(host: TestHost): Promise<boolean> {
  const first = managerSocket(host);
  let session: Buffer | undefined;
  first.on('session', (given) => (session = given));
  await once(first, 'close');
  const second = managerSocket(host, session);
  await once(second, 'secureConnect');
  const isReused = second.isSessionReused();
  second.destroy();
  return session !== undefined && isReused;
}
