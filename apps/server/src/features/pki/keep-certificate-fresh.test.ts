import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAuthority, createServerCertificate } from './certificates.js';
import type { AuthorityKeys } from './sign-certificate.js';
import { createLogger } from '../../platform/logger/logger.js';
import { keepCertificateFresh } from './keep-certificate-fresh.js';
import type { TlsOptions } from '../../platform/http/http-server.js';

const logger = createLogger('test', 'silent');
let authority: AuthorityKeys;
let server: Server;
let stopping: AbortController;

beforeEach(async () => {
  authority = await createAuthority('one', new Date());
  server = createServer(await issue(), (socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  server.close();
  await once(server, 'close');
});

async function issue(): Promise<TlsOptions> {
  const names = [{ type: 'ip', value: '127.0.0.1' }] as const;
  const { certificate, privateKey } = await createServerCertificate(authority, { names, now: new Date() });
  return { cert: certificate, key: privateKey };
}

async function dial() {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, ca: authority.certificate });
  await once(socket, 'secureConnect');
  return socket;
}

async function shownNow(): Promise<string> {
  const socket = await dial();
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

test('a new certificate is shown to new connections, and open ones go on', async () => {
  const old = await dial();
  const before = await shownNow();
  const renewed = await issue();
  const answers = [undefined, renewed];
  const certificate = { current: renewed, renew: () => Promise.resolve(answers.shift()) };
  const { signal } = stopping;
  const kept = keepCertificateFresh({ server, certificate, logger, signal, everyMs: 5 });
  const expected = new X509Certificate(renewed.cert).fingerprint256;
  expect(before).not.toBe(expected);
  await vi.waitFor(async () => expect(await shownNow()).toBe(expected));
  old.write('still here');
  expect(String(await once(old, 'data'))).toBe('still here');
  old.destroy();
  stopping.abort();
  await expect(kept).resolves.toBeUndefined();
});

test('a renewal that fails leaves the certificate and is tried again', async () => {
  const renewed = await issue();
  const renew = vi
    .fn<() => Promise<TlsOptions | undefined>>()
    .mockRejectedValueOnce(new Error('the database is away'))
    .mockResolvedValueOnce({ cert: 'no certificate', key: 'no key' })
    .mockResolvedValueOnce(renewed)
    .mockResolvedValue(undefined);
  const error = vi.spyOn(logger, 'error');
  const certificate = { current: renewed, renew };
  const { signal } = stopping;
  const kept = keepCertificateFresh({ server, certificate, logger, signal, everyMs: 5 });
  const expected = new X509Certificate(renewed.cert).fingerprint256;
  await vi.waitFor(async () => expect(await shownNow()).toBe(expected));
  expect(error.mock.calls.map(([, message]) => message)).toEqual([
    'certificate not renewed',
    'certificate not renewed',
  ]);
  stopping.abort();
  await kept;
});
