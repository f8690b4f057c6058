import { once } from 'node:events';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- serves the management port, connects to no host
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { Log } from './log.port.js';
import type { ManagementSources } from './management-answer.js';
import { answerManagement, MANAGEMENT_PATHS } from './management-answer.js';
import { ManagementBindError } from './management-bind-error.js';
import { publicCode } from './public-code.js';

export interface ManagementListenerOptions extends ManagementSources {
  log: Log;
  /** Default `0.0.0.0`. */
  host?: string;
  /** Default 8080; 0 takes a free one. */
  port?: number;
  /** For a request's headers and for the whole of it. Default 5 s. */
  requestTimeoutMs?: number;
}

export interface ManagementListener {
  host: string;
  port: number;
  /** Ends it; answers under way are given a second. A second call joins the first. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 1000;
const KEEP_ALIVE_MS = 10_000;
/** The port is open to all: bounded, so that it cannot take the descriptors that the API and the database need. */
const MAX_CONNECTIONS = 512;
const MAX_HEADER_BYTES = 8192;

/**
 * Serves the health and the metrics of this process.
 *
 * @throws ManagementBindError when the address cannot be bound.
 */
export async function startManagementListener(
  options: ManagementListenerOptions,
): Promise<ManagementListener> {
  const { log, host = '0.0.0.0', port = 8080, requestTimeoutMs = 5000 } = options;
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => void respond(request, response, options),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const bound = { host, port: await listen(server, host, port) };
  server.on('error', (error) => log.warn({ err: error }, 'health listener failed'));
  const address = `${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
  log.info({ address, paths: MANAGEMENT_PATHS }, 'health listener ready');
  let closing: Promise<void> | undefined;
  const stop = async () => {
    await close(server);
    log.info({ address }, 'health listener stopped');
  };
  return { ...bound, close: () => (closing ??= stop()) };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: ManagementListenerOptions,
): Promise<void> {
  try {
    const { method = '', url = '' } = request;
    const answer = await answerManagement({ method, target: url }, options);
    response.writeHead(answer.status, answer.headers).end(method === 'HEAD' ? undefined : answer.body);
  } catch (error) {
    options.log.error({ err: error, code: publicCode(error) }, 'management request failed');
    response.writeHead(500, { 'cache-control': 'no-store' }).end();
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw new ManagementBindError(host, port, publicCode(error), error);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, CLOSE_GRACE_MS);
  await closed;
  clearTimeout(timer);
}
