import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { createDataSource } from './data-source.js';

/** ReadyForQuery and ErrorResponse of PostgreSQL's protocol, as it says that it shuts down. */
const ready = Buffer.from('Z\0\0\0\u0005I', 'latin1');
const words = Buffer.from(
  'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0',
  'latin1',
);
const farewell = Buffer.concat([Buffer.from([0x45, 0, 0, 0, words.length + 4]), words]);

/** PostgreSQL, which ends each connection in the same packet in which it says for the nth time that it is ready. */
async function endingAt(nth: number, url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let times = 0;
    upstream.on('data', (chunk) => {
      if (chunk.subarray(-ready.length).equals(ready)) times += 1;
      if (times < nth) client.write(chunk);
      else client.end(Buffer.concat([chunk, farewell]));
    });
    client.on('data', (chunk) => upstream.write(chunk));
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('close', () => upstream.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) }).href;
}

test.each([1, 2])(
  'a connection that ends in one packet with its answer %i ends no process: whoever waits is told',
  async (nth) => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const source = createDataSource(await endingAt(nth, database.appUrl), {
      applicationName: 'test',
      poolSize: 1,
    });
    const asked = source
      .initialize()
      .then(() => Promise.all([1, 2, 3].map((n) => source.query(`SELECT ${n}`))));
    await expect(asked).rejects.toThrow();
    if (source.isInitialized) await source.destroy();
  },
);
