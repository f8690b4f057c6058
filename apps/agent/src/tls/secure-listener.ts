import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the agent's own listener; it connects to no host
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { constants } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the class alone, to know a socket by
import { TLSSocket } from 'node:tls';

import type { AddressList } from '../http/address-list.js';
import type { Answer } from '../http/envelope.js';
import type { Logger } from '../platform/logger.js';
import type { Identity } from './identity.js';
import { judgeManager } from './judge-manager.js';
import type { Trust } from './trust.js';

export interface SecureListenerOptions {
  readonly trust: Trust;
  readonly allowed: AddressList;
  readonly log: Logger;
  readonly answer: (request: IncomingMessage, certificate: X509Certificate) => Promise<Answer>;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 75_000;
const MAX_HEADER_BYTES = 8_192;
const MAX_CONNECTIONS = 256;
const CLOSE_GRACE_MS = 10_000;

/** Managers alone get an answer here: by address, then by certificate, then once more before each answer. */
export class SecureListener {
  readonly #server: Server;

  constructor(private readonly options: SecureListenerOptions) {
    this.#server = createServer(
      {
        ...contextOf(options.trust.identity),
        requestCert: true,
        rejectUnauthorized: true,
        ALPNProtocols: ['http/1.1'],
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        connectionsCheckingInterval: 1_000,
        keepAliveTimeout: KEEP_ALIVE_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
      },
      this.#answer,
    );
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.on('tlsClientError', (error, socket) => {
      // A certificate that is found bad ends the connection; why is told by the socket and not by the error. Whoever
      // hangs up only looked whether somebody listens, as the agent's own check does.
      const reason = asText(socket.authorizationError) ?? ('code' in error ? error.code : undefined);
      const fields = { reason, peer: socket.remoteAddress };
      if (reason === 'ECONNRESET') options.log.debug(fields, 'handshake not ended');
      else options.log.warn(fields, 'handshake refused');
    });
    guard(this.#server, 'connection', (socket) => this.#isAllowed(socket));
    guard(
      this.#server,
      'secureConnection',
      (socket) => socket instanceof TLSSocket && this.#isManager(socket),
    );
  }

  /** @returns the port, which is the given one unless that was 0 */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen({ host, port });
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Serves the identity that is in force now from the next connection on. */
  renew(): void {
    this.#server.setSecureContext(contextOf(this.options.trust.identity));
  }

  /** Takes no more connections; answers under way are given ten seconds. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), CLOSE_GRACE_MS);
    await closed;
    clearTimeout(timer);
  }

  #isAllowed(socket: Socket): boolean {
    if (this.options.allowed.has(socket.remoteAddress)) return true;
    // The agent's own check of its listener comes from the address it goes to.
    if (socket.remoteAddress !== socket.localAddress) {
      this.options.log.warn({ peer: socket.remoteAddress }, 'address not in the allow-list');
    }
    return false;
  }

  #isManager(socket: TLSSocket): boolean {
    const objection = this.#objection(socket);
    if (objection === null) return true;
    const subject = socket.getPeerX509Certificate()?.subject;
    this.options.log.warn({ peer: socket.remoteAddress, subject, reason: objection }, 'certificate refused');
    return false;
  }

  #objection(socket: TLSSocket): string | null {
    const certificate = socket.getPeerX509Certificate();
    if (!socket.authorized || certificate === undefined) return 'not_authorized';
    if (!this.options.trust.isListTrusted) return 'revocation_list_invalid';
    return judgeManager(new Uint8Array(certificate.raw), this.options.trust.isRevoked);
  }

  readonly #answer: RequestListener = (request, response) => {
    const { socket } = request;
    if (!(socket instanceof TLSSocket)) throw new Error('a request came over no TLS socket');
    const certificate = socket.getPeerX509Certificate();
    // Again, because a connection may be older than the list that revokes it.
    if (certificate === undefined || !this.#isManager(socket)) {
      socket.destroy();
      return;
    }
    const send = async () => {
      const { status, headers, body } = await this.options.answer(request, certificate);
      response.writeHead(status, headers).end(body);
    };
    send().catch((error: unknown) => {
      this.options.log.error({ err: error }, 'answer could not be sent');
      socket.destroy();
    });
  };
}

/** Node's types say that it is an error; it is a code. */
const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function contextOf({ chain, privateKey, authorities }: Identity) {
  return {
    cert: chain,
    key: privateKey,
    ca: authorities.map(String),
    minVersion: 'TLSv1.3' as const,
    // A resumed session would bring back a certificate that was judged before it was revoked.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** Puts a question before what the server itself does with a new socket; a socket it denies is closed unserved. */
function guard(
  server: Server,
  event: 'connection' | 'secureConnection',
  isWelcome: (socket: Socket) => boolean,
): void {
  type Serve = (this: Server, socket: Socket) => void;
  const serve = server.listeners(event) as Serve[];
  server.removeAllListeners(event);
  server.on(event, (socket: Socket) => {
    if (!isWelcome(socket)) {
      socket.destroy();
      return;
    }
    for (const listener of serve) listener.call(server, socket);
  });
}
