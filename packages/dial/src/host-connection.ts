import type { Readable } from 'node:stream';
import { Client } from 'undici';
import { isIPv6 } from 'node:net';

import { Deadline } from './deadline.js';
import { DialError, toDialError } from './dial-error.js';
import { dial } from './dial.js';
import type { DialContext, Target } from './dial.js';
import { Phases } from './phases.js';
import type { Phase } from './phases.js';
import { startTls } from './start-tls.js';
import type { TlsTrust } from './start-tls.js';
import type { CertificateFacts } from './certificate.js';

/** What a connection that lasts needs of the process it runs in. */
export interface ConnectionContext extends Pick<DialContext, 'policy' | 'resolve'> {
  readonly trust: TlsTrust;
  /** For the name, the connection and the handshake together. */
  readonly connectMs: number;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

export interface HostRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** For all of it, the connection included. */
  readonly deadlineMs: number;
  readonly maxBytes: number;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Questions to one host over mutual TLS: one connection as long as it lasts, one question at a time. A connection that
 * ended is opened anew by the next question; a question that was sent is never sent again.
 */
export class HostConnection {
  readonly #client: Client;
  #certificate: CertificateFacts | null = null;
  #opened = 0;
  #phases: Partial<Record<Phase, number>> = {};
  /** What the latest connection died of. It may do so before anybody asks over it, and then only here it is heard. */
  #died: Error | null = null;

  /** @param identity the URI that the certificate of the host must carry */
  constructor(
    private readonly target: Target,
    private readonly identity: string,
    private readonly context: ConnectionContext,
  ) {
    const { host, port } = target;
    this.#client = new Client(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`, {
      connect: (_options, callback) => {
        this.#open().then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(toDialError('connect', error), null),
        );
      },
      allowH2: false,
      pipelining: 1,
      maxHeaderSize: 32 * 1024,
      // Each question has one deadline of its own, and idle timers are none.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Of the latest connection; null before the first. */
  get certificate(): CertificateFacts | null {
    return this.#certificate;
  }

  /** How many came about so far: with none, nothing can have reached the host. */
  get opened(): number {
    return this.#opened;
  }

  /** Milliseconds that the latest connection took to come about; nothing while there was none. */
  get phases(): Partial<Record<Phase, number>> {
    return this.#phases;
  }

  /** @throws DialError */
  async request({ method, path, body, deadlineMs, maxBytes }: HostRequest): Promise<HostAnswer> {
    const ending = new AbortController();
    const late = new DialError('timeout', `no complete answer within ${deadlineMs / 1000} s`);
    const timer = setTimeout(() => ending.abort(late), deadlineMs);
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      const answer = await this.#client.request({
        method,
        path,
        headers: { accept: 'application/json', 'accept-encoding': 'identity', ...json },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: ending.signal,
      });
      const { statusCode: status, headers } = answer;
      return { status, headers, body: await readAtMost(answer.body, maxBytes) };
    } catch (error) {
      throw toDialError('http', error instanceof DialError ? error : (this.#died ?? error));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the connection and every question under way. */
  async close(): Promise<void> {
    await this.#client.destroy();
  }

  async #open() {
    const { policy, resolve, trust, connectMs, nowMs } = this.context;
    const deadline = new Deadline(connectMs);
    const phases = new Phases(nowMs);
    try {
      const plain = await dial(this.target, {
        ...{ deadline, phases, policy, resolve },
        onAddress: () => undefined,
      });
      const settings = { serverName: this.target.host, trust, identity: this.identity };
      const { socket, certificate } = await startTls(plain, settings, { deadline, phases });
      this.#certificate = certificate;
      if (certificate.problem !== null) throw new DialError('cert', certificate.problem);
      this.#died = null;
      socket.once('error', (error: Error) => {
        this.#died = error;
      });
      deadline.surrender();
      this.#opened += 1;
      return socket;
    } catch (error) {
      deadline.end();
      throw error;
    } finally {
      this.#phases = phases.read();
    }
  }
}

async function readAtMost(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new DialError('body', `the answer has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
