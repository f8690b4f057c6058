import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { runProgram } from '../../../tests/run-program.js';
import { built, runFront, startFront } from './front/running-front.fixture.js';

async function listenSilently(): Promise<{ port: number; accepted: Promise<unknown>; close: () => void }> {
  const server = createServer();
  onTestFinished(() => void server.close());
  const accepted = once(server, 'connection');
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    accepted,
    close: () => server.close(),
  };
}

test('the command of docs/fastcgi-health.md starts it', async () => {
  const repository = path.resolve(import.meta.dirname, '../../..');
  const document = readFileSync(path.join(repository, 'docs/fastcgi-health.md'), 'utf8');
  const [, command = ''] = /```sh\n(.*)\n```/.exec(document) ?? [];
  // The port of the document may be somebody else's.
  const program = runProgram(['sh', '-c', `exec env ${command.replace(':8090', ':0')}`], {
    cwd: repository,
    env: { PATH: process.env.PATH },
  });
  onTestFinished(async () => {
    program.kill('SIGKILL');
    await program.exited;
  });
  const [, port] = await program.saying(/"address":"127\.0\.0\.1:(\d+)"/);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
});

test('SIGTERM lets the request under way have its answer, takes no more, and ends with 0', async () => {
  const destination = await listenSilently();
  const front = await startFront(destination.port, { TIMEOUT_MS: '1500' });
  const underWay = front.ask();
  await destination.accepted;
  front.program.kill('SIGTERM');
  await expect
    .poll(async () => fetch(`http://127.0.0.1:${front.port}/health`).catch(() => 'refused'), {
      timeout: 5_000,
    })
    .toBe('refused');
  expect(await underWay).toBe(404);
  expect(await front.program.exited).toBe(0);
});

test('SIGINT ends an idle one with 0', async () => {
  const front = await startFront(9);
  front.program.kill('SIGINT');
  expect(await front.program.exited).toBe(0);
});

test('a port that is taken is tried again until it is free', async () => {
  const other = await listenSilently();
  const front = runFront({ SERVER: `127.0.0.1:${other.port}` });
  await front.saying(/"code":"EADDRINUSE".*"msg":"listener bind failed"/);
  other.close();
  await front.saying(new RegExp(`"address":"127\\.0\\.0\\.1:${other.port}","msg":"listening"`));
  expect((await fetch(`http://127.0.0.1:${other.port}/health`)).status).toBe(200);
});

test('a setting that cannot be used ends it with 1 and one line that names it', async () => {
  const front = runFront({ DESTINATION_PORT: '90000' });
  expect(await front.exited).toBe(1);
  expect(front.output()).toBe(
    'fastcgi-health: DESTINATION_PORT: given "90000", expected a port from 1 to 65535\n',
  );
});

test('a log that cannot be written does not end it', async () => {
  const free = await listenSilently();
  free.close();
  const { port } = free;
  const program = runProgram(['sh', '-c', 'exec "$0" "$1" > /dev/full', process.execPath, built], {
    env: { SERVER: `127.0.0.1:${port}`, DESTINATION_PORT: '9' },
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  await expect.poll(() => status('/health').catch(() => 0), { timeout: 5_000 }).toBe(200);
  expect([await status('/'), await status('/'), await status('/health')]).toEqual([404, 404, 200]);
});
