import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { once } from 'node:events';
import { connect } from 'node:net';

import { noRealServers, startPhpFpm } from '../../../../tests/real-servers.js';
import { startFront } from './running-front.fixture.js';
import type { RunningFront } from './running-front.fixture.js';

describe.skipIf(noRealServers !== null)('before a real php-fpm', () => {
  let fpm: Awaited<ReturnType<typeof startPhpFpm>>;
  beforeAll(async () => {
    fpm = await startPhpFpm();
  });
  afterAll(() => fpm.remove());

  test('it is 200 while the ping answers, and 404 while php-fpm is stopped', async () => {
    const front = await startFront(fpm.port);
    expect(await front.ask('/')).toBe(200);
    await fpm.stop();
    expect(await front.ask('/')).toBe(404);
    expect(await Promise.all(['/health', '/healthz', '/health?x=1'].map((uri) => front.ask(uri)))).toEqual([
      200, 200, 200,
    ]);
    await fpm.start();
    expect(await front.ask('/')).toBe(200);
    expect(front.lines()).toMatchObject([
      { level: 30, msg: 'listening', address: `127.0.0.1:${front.port}` },
      { level: 40, msg: 'destination not healthy', reason: 'connect', detail: 'connection refused' },
    ]);
  });

  test('it is 404 for a path that php-fpm does not know, and for another answer than the expected', async () => {
    const lost = await startFront(fpm.port, { PING_PATH: '/fpm-pong' });
    const surprised = await startFront(fpm.port, { PING_RESPONSE: 'ping' });
    expect(await Promise.all([lost.ask(), surprised.ask()])).toEqual([404, 404]);
    expect([lost, surprised].map((front) => front.lines()[1])).toMatchObject([
      { reason: 'bad_answer', detail: 'status 404' },
      { reason: 'bad_answer', detail: 'the answer is not the expected text' },
    ]);
  });

  test('it is 404 within its time while the only worker of the pool is busy, and 200 again after that', async () => {
    const front = await startFront(fpm.port, { TIMEOUT_MS: '500' });
    const busy = await startFront(fpm.port, { PING_PATH: fpm.slowScript, PING_RESPONSE: 'slow' });
    const occupied = busy.ask();
    await expect.poll(() => front.ask(), { timeout: 2_500, interval: 10 }).toBe(404);
    const startedAt = performance.now();
    expect(await front.ask()).toBe(404);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(front.lines().at(-1)).toMatchObject({ reason: 'pool_busy', destination: `127.0.0.1:${fpm.port}` });
    expect(await occupied).toBe(200);
    await expect.poll(() => front.ask(), { timeout: 3_000 }).toBe(200);
  });

  test(
    'it answers 10,000 requests, some while php-fpm comes and goes, and keeps nothing of them',
    { timeout: 120_000 },
    async () => {
      const front = await startFront(fpm.port);
      await askMany(front, 100);
      const before = front.descriptors();
      const steady = await askMany(front, 5_000);
      expect(steady).toEqual(new Map([[200, 5_000]]));
      const trouble = { isOver: false };
      const troubled = askMany(front, 4_900).finally(() => (trouble.isOver = true));
      for (let times = 0; times < 5 && !trouble.isOver; times += 1) {
        await fpm.stop();
        await fpm.start();
      }
      const counts = await troubled;
      expect([...counts.keys()].sort()).toEqual([200, 404]);
      expect((counts.get(200) ?? 0) + (counts.get(404) ?? 0)).toBe(4_900);
      await expect.poll(() => front.ask(), { timeout: 3_000 }).toBe(200);
      expect(front.descriptors()).toBeLessThanOrEqual(before + 1);
      expect(front.lines().filter(({ level }) => level >= 50)).toEqual([]);
    },
  );

  test('it asks for every path and method', async () => {
    const front = await startFront(fpm.port, { LOG_LEVEL: 'debug' });
    const asked = [
      ['GET', '/'],
      ['HEAD', '/index.php'],
      ['POST', '/healthy'],
      ['DELETE', '/health/'],
      ['OPTIONS', '*'],
      ['PURGE', '//user:secret@host/health'],
      ['GET', 'http://user:secret@shop.example.org/cart?token=secret'],
    ] as const;
    for (const [method, uri] of asked) expect([uri, await front.ask(uri, method)]).toEqual([uri, 200]);
    expect(await tunnel(front)).toBe('HTTP/1.1 200 OK');
    const lines = front.lines().filter(({ msg }) => msg === 'destination asked');
    expect(lines.map(({ uri }) => uri)).toEqual([
      ...['/', '/index.php', '/healthy', '/health/', '*', '//host/health'],
      ...['http://shop.example.org/cart?…', 'shop.example.org:443'],
    ]);
    expect(lines[0]).toMatchObject({
      destination: `127.0.0.1:${fpm.port}`,
      path: '/fpm-ping',
      expected: 'pong',
    });
    expect(front.program.output()).not.toContain('secret');
  });
});

/** How many of each status, eight at a time. */
async function askMany(front: RunningFront, count: number): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const status = await front.ask();
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return counts;
}

/** The first line of the answer to a CONNECT. */
async function tunnel({ port }: RunningFront): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write('CONNECT shop.example.org:443 HTTP/1.1\r\nhost: shop.example.org\r\n\r\n');
  let answer = '';
  socket.on('data', (text: string) => (answer += text));
  await once(socket, 'close');
  return answer.split('\r\n')[0]!;
}
