import 'reflect-metadata';
import type { EnrollRequest, EnrollStatus } from '@patchgate/contracts/agent';
import { enrollRequest, hostIdentity } from '@patchgate/contracts/agent';
import { ExtendedKeyUsage } from '@peculiar/x509';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

import { testHostId } from '../agent/running-agent.fixture.js';
import type { Wanted } from '../tls/test-authority.fixture.js';
import { TestAuthority } from '../tls/test-authority.fixture.js';

interface ManagerOptions {
  /** Who signed the certificate that it shows; its own authority by default. */
  readonly shownBy?: TestAuthority;
  /** What is wrong with the certificate it gives to hosts. */
  readonly hostCertificate?: Wanted;
}

/** The manager's side of an enrolment, by the contract: what it was asked, in the order it was asked. */
export class TestManager {
  readonly asked: string[] = [];
  readonly requests: EnrollRequest[] = [];
  decision: 'pending' | 'denied' | 'approved' | 'notfound' = 'pending';
  refusal: { status: number; body: string } | null = null;
  address = '';

  private constructor(
    readonly authority: TestAuthority,
    private readonly options: ManagerOptions,
  ) {}

  static async start(options: ManagerOptions = {}): Promise<TestManager> {
    const authority = await TestAuthority.create('CN=Patchgate CA');
    const manager = new TestManager(authority, options);
    const web = await (options.shownBy ?? authority).issue({
      commonName: 'Patchgate',
      names: [{ type: 'ip', value: '127.0.0.1' }],
      usages: [ExtendedKeyUsage.serverAuth],
    });
    const server = createServer({ cert: web.certificate, key: web.privateKey }, (request, response) => {
      void manager.#answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    manager.address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return manager;
  }

  /** A token under this authority, or one that names another. */
  token(authority = this.authority): string {
    return `pge_${randomBytes(32).toString('base64url')}.${authority.fingerprint}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    let body = '';
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    this.asked.push(`${method} ${url.replace(/status\/.+/, 'status/…')}`);
    if (url === '/api/v1/pki/ca.pem') response.end(this.authority.certificate);
    else if (method === 'POST' && this.refusal !== null)
      response.writeHead(this.refusal.status).end(this.refusal.body);
    else if (method === 'POST') {
      this.requests.push(enrollRequest.parse(JSON.parse(body)));
      response.writeHead(202).end(JSON.stringify({ polling_token: 'the polling token' }));
    } else if (url === '/api/v1/enroll/status/the%20polling%20token')
      response.end(JSON.stringify(await this.#status()));
    else response.writeHead(404).end();
  }

  async #status(): Promise<EnrollStatus> {
    if (this.decision !== 'approved') return { status: this.decision };
    const server_crt = await this.authority.answer(this.requests[0]!.csr!, {
      names: [
        { type: 'url', value: hostIdentity(testHostId) },
        { type: 'ip', value: '127.0.0.1' },
      ],
      usages: [ExtendedKeyUsage.serverAuth],
      ...this.options.hostCertificate,
    });
    return {
      ...{
        status: 'approved',
        host_id: testHostId,
        ca_crt: this.authority.certificate,
        server_crt,
        server_key: '',
      },
      ...{ ca_chain: '', crl_pem: await this.authority.revoke([]), repo_config: null },
    };
  }
}
