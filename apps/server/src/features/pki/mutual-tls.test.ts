import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAgentCertificate, createAuthority, createManagerCertificate } from './certificates.js';
import type { IssuedCertificate } from './certificates.js';
import type { AuthorityKeys } from './sign-certificate.js';

const [hostId, otherId] = ['0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20', '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c21'];
const now = new Date();

let authority: AuthorityKeys;
let agent: IssuedCertificate;
let otherAgent: IssuedCertificate;
let manager: IssuedCertificate;
beforeAll(async () => {
  authority = await createAuthority(hostId, now);
  const subject = { fqdn: 'localhost', address: '127.0.0.1' };
  agent = await createAgentCertificate(authority, { subject: { ...subject, hostId }, now });
  otherAgent = await createAgentCertificate(authority, { subject: { ...subject, hostId: otherId }, now });
  manager = await createManagerCertificate(authority, now);
});

let server: Server | undefined;
afterEach(() => server?.close());

/** An agent that checks the chain and the usage, as each TLS library does by itself, and says what it found. */
async function listen(shown: IssuedCertificate): Promise<number> {
  server = createServer(
    {
      ...{ cert: shown.certificate, key: shown.privateKey, ca: authority.certificate },
      ...{ requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' },
    },
    (socket) => socket.end(socket.authorized ? 'heard' : String(socket.authorizationError)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** What the one who connects gets: an answer, or the reason for none. */
async function ask(port: number, shown: IssuedCertificate | null): Promise<string> {
  const socket: TLSSocket = connect({
    ...{ host: '127.0.0.1', port, ca: authority.certificate, minVersion: 'TLSv1.3' },
    ...(shown && { cert: shown.certificate, key: shown.privateKey }),
  });
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  try {
    await once(socket, 'close');
    return answer;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

describe('SEC-M1 manager and agent', () => {
  it('know each other by what the authority has signed, in TLS 1.3', async () => {
    expect(await ask(await listen(agent), manager)).toBe('heard');
  });

  it('are not heard without a certificate', async () => {
    expect(await ask(await listen(agent), null)).toBe('UNABLE_TO_GET_ISSUER_CERT');
  });

  it("are not served with the manager's certificate", async () => {
    expect(await ask(await listen(manager), manager)).toBe('INVALID_PURPOSE');
  });
});

describe('SEC-M2 the certificate of a host', () => {
  it('commands no other host', async () => {
    expect(await ask(await listen(agent), otherAgent)).toBe('INVALID_PURPOSE');
  });
});
