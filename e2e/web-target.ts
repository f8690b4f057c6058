import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real web server on loopback for checks to ask. */
export interface WebTarget {
  url: string;
  port: number;
  stop: () => Promise<void>;
  start: () => Promise<void>;
}

/**
 * @param answer what it does with each request; a request it leaves alone hangs
 * @returns the running server; stopped and started again it keeps its port
 */
export async function startWebTarget(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<WebTarget> {
  const server = createServer(answer);
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/health`,
    port,
    start: () => listen(port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
