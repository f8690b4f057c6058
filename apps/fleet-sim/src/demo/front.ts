import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { answerPong } from '../targets/fastcgi-targets.js';
import type { Pair } from '../agents/identity.js';
import type { FrontPlan } from './demo-fleet.schema.js';

type IsUp = (service: string) => boolean;

/** One listener of a simulated host: real sockets, real TLS, and open only while its service runs. */
export class Front {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(
    private readonly plan: FrontPlan,
    private readonly isUp: IsUp,
    pair: Pair | undefined,
  ) {
    this.#server = serverOf(plan, isUp, pair);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  get hostId(): string {
    return this.plan.host_id;
  }

  /** Opens or closes, as its service runs or not. */
  async follow(): Promise<void> {
    if (this.isUp(this.plan.service) === this.#server.listening) return;
    if (this.#server.listening) await this.#close();
    else {
      this.#server.listen(this.plan.port, this.plan.address);
      await once(this.#server, 'listening');
    }
  }

  async #close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

function serverOf(plan: FrontPlan, isUp: IsUp, pair: Pair | undefined): Server {
  switch (plan.kind) {
    case 'http':
      return createHttpServer(pageOf(plan, isUp));
    case 'fastcgi':
      return createServer(answerPong);
    case 'tcp':
      return createServer();
    case 'tls':
      return createTlsServer({ ...pair }, (socket) => socket.on('error', () => undefined));
  }
}

const pageOf =
  ({ needs, text, status, basic_auth }: FrontPlan, isUp: IsUp): RequestListener =>
  (request, response) => {
    const wanted = basic_auth && `Basic ${Buffer.from(basic_auth).toString('base64')}`;
    if (wanted !== undefined && request.headers.authorization !== wanted)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="simulated"' }).end();
    else if (!needs.every(isUp)) response.writeHead(502).end('Bad Gateway');
    else response.writeHead(status).end(text);
  };
