import Fastify from 'fastify';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Principal } from '../http/caller.js';
import { LiveStream } from './live-stream.js';

const anna: Principal = {
  userId: 'anna',
  username: 'anna',
  displayName: 'Anna',
  role: 'admin',
  credential: { kind: 'session', id: 'session' },
};

/** A real connection whose reader takes nothing until told to. */
async function connect(stream: LiveStream): Promise<IncomingMessage> {
  const server = Fastify({ forceCloseConnections: true });
  onTestFinished(() => server.close());
  server.get('/', (_request, reply) => reply.send(stream));
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return new Promise((resolve) => {
    request(address, (response) => resolve(response.pause())).end();
  });
}

it('cuts off a reader who does not read, and holds no more than its bound until then', async () => {
  const stream = new LiveStream(anna);
  const reader = await connect(stream);
  const isCut = new Promise((resolve) => reader.once('close', resolve));
  const text = `event: check\ndata: ${'x'.repeat(8_000)}\n\n`;
  let most = 0;
  let sent = 0;
  while (!stream.destroyed) {
    stream.sendText(text);
    sent += 1;
    most = Math.max(most, stream.readableLength);
    await setImmediate();
    // What the operating system holds for a connection ends long before this.
    if (sent * text.length > 256 * 1024 * 1024) throw new Error('it is never cut off');
  }
  expect(most).toBeLessThanOrEqual(64 * 1024);
  reader.resume();
  await isCut;
});

it('gives a reader who keeps up all there is, in order', async () => {
  const stream = new LiveStream(anna);
  const reader = await connect(stream);
  let text = '';
  reader.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  reader.resume();
  for (let n = 0; n < 2_000; n += 1) {
    stream.sendText(`event: check\ndata: ${n}\n\n`);
    if (n % 100 === 0) await setImmediate();
  }
  stream.finish();
  await new Promise((resolve) => reader.once('end', resolve));
  expect([...text.matchAll(/data: (\d+)/g)].map(([, n]) => Number(n))).toEqual(
    Array.from({ length: 2_000 }, (_, n) => n),
  );
});

it('takes nothing more once its reader is gone', async () => {
  const stream = new LiveStream(anna);
  const reader = await connect(stream);
  const isClosed = new Promise((resolve) => stream.once('close', resolve));
  reader.destroy();
  await isClosed;
  stream.sendText('event: beat\ndata: {}\n\n');
  expect(stream.readableLength).toBe(0);
});
