import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';

import type { Answer, Question } from './answer.js';
import { answerBadly } from './bad-answer.js';
import { CertificateRequests } from './certificate-requests.js';
import type { HostState } from './host-state.js';
import type { Pair } from './identity.js';
import { OwnAgent } from './own-agent.js';
import { PublicAgent } from './public-agent.js';
import { RateLimit } from './rate-limit.js';

/** Longer than any worker is stopped for on purpose: what it was about to say when it was, it says when it goes on. */
const keepAliveMs = 75_000;

/**
 * Below those that Linux hands out (ip_local_port_range of ip(7)): one of them may be a port that Patchgate itself listens
 * on at another address of loopback, and to its own ports it never connects.
 */
const ports = { from: 20_000, below: 32_768 };

/** One simulated agent on the wire: real TLS, a real socket, nothing real behind it. */
export class AgentListener {
  readonly #agent: OwnAgent | PublicAgent;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #limit = new RateLimit();
  /** Null for agents that cannot renew. */
  readonly #renewal: CertificateRequests | null;
  #port: number;

  constructor(
    private readonly host: HostState,
    pair: Pair,
    managerAuthority: string,
  ) {
    const { dialect, port, bad_certificate } = host.agent;
    this.#port = port;
    this.#agent = dialect === 'ours' ? new OwnAgent(host) : new PublicAgent(host);
    const versions =
      bad_certificate === 'tls_1_2' ? { maxVersion: 'TLSv1.2' as const } : { minVersion: 'TLSv1.3' as const };
    this.#renewal =
      dialect === 'ours'
        ? new CertificateRequests((renewed, ca) =>
            this.#server.setSecureContext({ ...renewed, ca, ...versions }),
          )
        : null;
    this.#server = createServer(
      {
        ...{ ...pair, ...versions, ca: managerAuthority, requestCert: true, rejectUnauthorized: true },
        ...{ keepAliveTimeout: keepAliveMs },
      },
      (request, response) => void this.#serve(request, response),
    );
    // A manager that hangs up in the middle of it is nothing to end for.
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
    });
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    if (this.#port === 0) this.#port = await this.#listenAnywhere();
    else await this.#listen(this.#port);
  }

  async #listenAnywhere(): Promise<number> {
    for (;;) {
      const port = randomInt(ports.from, ports.below);
      try {
        await this.#listen(port);
        return port;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, this.host.agent.address);
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    // The server itself forgets those whose handshake is not over.
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async restart(losesJournal: boolean): Promise<void> {
    await this.close();
    this.#agent.restart(losesJournal);
    await this.open();
  }

  /** The machine is up again, and its agent with it. */
  async returned(): Promise<void> {
    this.#agent.restart(false);
    if (this.#agent instanceof OwnAgent) this.#agent.rebooted();
    await this.open();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { script } = this.host;
    const question = await read(request);
    if (question.method === 'PUT')
      this.host.ledger.add({ host_id: this.host.id, deed: 'order_received', id: question.path });
    if (script.latency_ms > 0) await new Promise((resolve) => setTimeout(resolve, script.latency_ms));
    if (script.bad_answer !== null) {
      answerBadly(request.socket, script.bad_answer);
      return;
    }
    if (script.loses_next_order && question.method !== 'GET') {
      script.loses_next_order = false;
      request.socket.destroy();
      return;
    }
    const answer = this.#limit.exceeds(script.rate_limit)
      ? { status: 429, body: 'Too many requests', headers: { 'retry-after': '1' } }
      : ((await this.#renewal?.answer(question)) ?? this.#agent.answer(question));
    if (script.loses_next_reply && question.method !== 'GET') {
      script.loses_next_reply = false;
      request.socket.destroy();
      return;
    }
    send(response, answer);
  }
}

async function read(request: IncomingMessage): Promise<Question> {
  const { method = '', url = '' } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { pathname, searchParams: query } = new URL(url, 'https://agent');
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method,
    path: pathname.replace(/^\/api\/v1/, ''),
    query,
    body: text === '' ? null : JSON.parse(text),
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
