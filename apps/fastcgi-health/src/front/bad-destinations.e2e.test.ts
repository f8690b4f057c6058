import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { startFront } from './running-front.fixture.js';

/** A destination that does one thing with each connection; tells its port. */
async function startDestination(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    serve(socket);
  });
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** A record of FastCGI 1.0 (3.3): standard output of request 1 that announces 8 bytes and brings 4. */
const begunRecord = Buffer.from([1, 6, 0, 1, 0, 8, 0, 0, 0x58, 0x2d, 0x41, 0x3a]);

test.each<[string, string, (socket: Socket) => void]>([
  ['says nothing', 'pool_busy', () => undefined],
  ['sends garbage', 'not_fastcgi', (socket) => socket.end('\0\xff garbage \r\n')],
  ['speaks HTTP', 'not_fastcgi', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\npong')],
  ['resets the connection', 'connect', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['closes at once', 'bad_answer', (socket) => socket.end()],
  ['stops within its answer', 'timeout', (socket) => socket.write(begunRecord)],
  [
    'drips for ever',
    'timeout',
    (socket) => {
      socket.write(Buffer.from([1, 6, 0, 1, 0xff, 0xff, 0, 0]));
      const timer = setInterval(() => socket.write('x'), 20);
      socket.once('close', () => clearInterval(timer));
    },
  ],
])('a destination that %s is 404 within the time and a line in the log: %s', async (_name, reason, serve) => {
  const front = await startFront(await startDestination(serve), { TIMEOUT_MS: '300' });
  const startedAt = performance.now();
  expect(await front.ask()).toBe(404);
  // Beyond the time itself: what a busy machine adds between two programs.
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(front.lines().slice(1)).toMatchObject([{ level: 40, msg: 'destination not healthy', reason }]);
  expect(await front.ask('/health')).toBe(200);
});

test('a name that does not exist is 404 and a line in the log', async () => {
  const front = await startFront(9000, { DESTINATION: 'php.invalid' });
  expect(await front.ask()).toBe(404);
  expect(front.lines()[1]).toMatchObject({ reason: 'dns', destination: 'php.invalid:9000' });
});

test('of very many questions at once some are answered without being asked, and its own health all the same', async () => {
  const held: Socket[] = [];
  const front = await startFront(await startDestination((socket) => held.push(socket)), {
    TIMEOUT_MS: '60000',
  });
  // Each over a connection of its own.
  const many = Array.from({ length: 300 }, () =>
    fetch(`http://127.0.0.1:${front.port}/`, { headers: { connection: 'close' } }),
  );
  const isRefused = ({ msg }: { msg: string }) => msg === 'destination not asked';
  const settled = { timeout: 30_000 };
  await expect.poll(() => front.lines().filter(isRefused).length, settled).toBe(300 - 256);
  await expect.poll(() => held.length, settled).toBe(256);
  expect(await front.ask('/healthz')).toBe(200);
  for (const socket of held) socket.destroy();
  const statuses = (await Promise.all(many)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([404]));
});

test('a client that goes away before its answer does no harm', async () => {
  const accepted = Promise.withResolvers<Socket>();
  const front = await startFront(await startDestination(accepted.resolve), { TIMEOUT_MS: '300' });
  const gone = new AbortController();
  const asked = fetch(`http://127.0.0.1:${front.port}/`, { signal: gone.signal });
  asked.catch(() => undefined);
  await accepted.promise;
  gone.abort();
  await expect(asked).rejects.toThrow();
  await expect.poll(() => front.lines().length, { timeout: 3_000 }).toBe(2);
  expect(await front.ask('/health')).toBe(200);
});
