import { once } from 'node:events';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the front's own listener; it connects to no host
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Answerer } from './answer-request.js';

const REQUEST_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
const MAX_HEADER_BYTES = 8_192;
/** Bounded, so that clients which only connect cannot take the descriptors that questions need. */
const MAX_CONNECTIONS = 512;
/** For what is written to a client that reads slowly. */
const CLOSE_GRACE_MS = 1_000;

const headers = { 'content-length': '0', 'cache-control': 'no-store' };

/** Answers every request with a status and nothing else. */
export class FrontListener {
  readonly #server: Server;
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly answerer: Pick<Answerer, 'answer'>) {
    this.#server = createServer({
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // What has no Host is answered too: health checks of load balancers are that short.
      requireHostHeader: false,
    });
    this.#server.maxConnections = MAX_CONNECTIONS;
    const respond = (request: IncomingMessage, response: ServerResponse) =>
      this.#track(this.#respond(request, response));
    // What is asked to be a proxy, or to expect something, is asked like by any other method.
    this.#server
      .on('request', respond)
      .on('checkExpectation', respond)
      .on('connect', (request, socket) => this.#track(this.#respondRaw(request, socket)));
  }

  /** @returns the port, which is the given one unless that was 0 */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen({ host, port });
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Takes no more connections and ends once every request under way has its answer. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    await Promise.all(this.#underWay);
    const timer = setTimeout(() => this.#server.closeAllConnections(), CLOSE_GRACE_MS);
    await closed;
    clearTimeout(timer);
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = await this.answerer.answer(request.url ?? '');
    const connection = this.#server.listening ? {} : { connection: 'close' };
    response.writeHead(status, { ...headers, ...connection }).end();
  }

  /** Node hands a CONNECT over with a bare socket whose errors are nobody's yet. */
  async #respondRaw(request: IncomingMessage, socket: Duplex): Promise<void> {
    socket.on('error', () => socket.destroy());
    const status = await this.answerer.answer(request.url ?? '');
    const reason = status === 200 ? 'OK' : 'Not Found';
    socket.end(`HTTP/1.1 ${status} ${reason}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  }
}
