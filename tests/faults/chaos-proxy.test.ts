import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Fault } from '../../faults/carry-badly.mjs';
import { startChaosProxy } from '../../faults/chaos-proxy.mjs';

/** A peer that remembers what it got and answers each piece, behind a proxy that does one thing to each connection. */
async function behind(fault: Partial<Fault> | null) {
  const got: string[] = [];
  const peers: Socket[] = [];
  const server = createServer((socket) => {
    peers.push(socket);
    socket
      .on('error', () => undefined)
      .on('data', (piece) => {
        got.push(piece.toString());
        socket.write(`${piece.toString()}!`);
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const happened: string[] = [];
  const proxy = await startChaosProxy({
    listen: { host: '127.0.0.1', port: 0 },
    target: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
  });
  const drawn = fault && { kind: 'reset' as const, afterBytes: 0, delayMs: 30, ...fault };
  proxy.turn({ draw: () => drawn, onFault: (kind) => happened.push(kind) });
  const client = connect(proxy.port, '127.0.0.1');
  let heard = '';
  client.setEncoding('utf8').on('data', (piece: string) => (heard += piece));
  const ended = new Promise<string>((resolve) => {
    client.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? ''));
    client.on('close', () => resolve('closed'));
  });
  onTestFinished(() => {
    proxy.close();
    server.close();
    for (const socket of [client, ...peers]) socket.destroy();
  });
  return { client, ended, got, happened, proxy, heard: () => heard };
}

test('a proxy that is calm carries both ways', async () => {
  const { client, heard, happened } = await behind(null);
  client.write('one');
  await expect.poll(heard).toBe('one!');
  expect(happened).toEqual([]);
});

test('a fault comes after as many bytes as it was told, and once', async () => {
  const { client, heard, ended, happened } = await behind({ kind: 'reset', afterBytes: 6 });
  client.write('one');
  await expect.poll(heard).toBe('one!');
  client.write('two');
  expect(await ended).toBe('ECONNRESET');
  expect(happened).toEqual(['reset']);
});

test('a lost reply is one to something that was done', async () => {
  const { client, got, heard, ended } = await behind({ kind: 'lose_reply' });
  client.write('order');
  expect(await ended).toBe('ECONNRESET');
  expect(got).toEqual(['order']);
  expect(heard()).toBe('');
});

test('what is late arrives although its sender was told that it failed', async () => {
  const { client, got, ended } = await behind({ kind: 'late' });
  client.write('order');
  expect(await ended).toBe('ECONNRESET');
  expect(got).toEqual([]);
  await expect.poll(() => got).toEqual(['order']);
});

test.each(['drop', 'half_open'] as const)('of %s nobody tells the sender', async (kind) => {
  const { client, got, heard, happened } = await behind({ kind });
  client.write('order');
  await expect.poll(() => happened).toEqual([kind]);
  client.write('again');
  await new Promise((resolve) => setImmediate(resolve));
  expect([got, heard(), client.destroyed]).toEqual([[], '', false]);
});

test('latency keeps the order of what is sent', async () => {
  const { client, got, heard } = await behind({ kind: 'latency' });
  client.write('one');
  await expect.poll(() => got).toEqual(['one']);
  client.write('two');
  await expect.poll(heard).toBe('one!two!');
});

test('when it is calm again, the bad connections have ended', async () => {
  const { client, ended, happened, proxy } = await behind({ kind: 'drop' });
  client.write('order');
  await expect.poll(() => happened).toEqual(['drop']);
  proxy.turn(null);
  expect(await ended).toBe('closed');
});
