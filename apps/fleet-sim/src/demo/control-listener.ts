import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

import type { Simulation } from './simulation.js';

/** `POST /hosts/HOST/services/NAME/start`, and `GET /ready` for who started us. Only ever on loopback. */
export async function openControl(simulation: Simulation, port: number): Promise<void> {
  const server = createServer((request, response) => {
    void answer(simulation, request).then((status) => response.writeHead(status).end());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function answer(simulation: Simulation, { method, url = '' }: IncomingMessage): Promise<number> {
  if (method === 'GET' && url === '/ready') return 200;
  const [, host, service] = /^\/hosts\/([\w-]+)\/services\/([\w.@+-]+)\/start$/.exec(url) ?? [];
  if (method !== 'POST' || host === undefined || service === undefined) return 404;
  return (await simulation.startService(host, service)) ? 204 : 404;
}
