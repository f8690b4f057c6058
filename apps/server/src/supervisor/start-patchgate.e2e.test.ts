import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { processesAbout } from '../../../../tests/run-program.js';
import { startFixture, temporaryDirectory } from '../../../../tests/start-fixture.js';
import { runningAppUrl } from './running-postgres.js';

const patience = { timeout: 15_000, interval: 50 };

function dataDirectory(): string {
  return path.join(temporaryDirectory(), 'data');
}

async function pidOfChild(port: string): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
}

test('a second start on the same data directory names the first and is refused', async () => {
  const directory = dataDirectory();
  const first = startFixture(directory);
  await first.saying(/ready \d+/);
  const second = startFixture(directory);
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`already runs on ${directory} (process ${first.pid})`);
  first.kill('SIGTERM');
  expect(await first.exited).toBe(0);
});

test('a start that comes while another stops waits for it', async () => {
  const directory = dataDirectory();
  const first = startFixture(directory);
  await first.saying(/ready \d+/);
  first.kill('SIGTERM');
  await first.saying(/stopping/);
  const second = startFixture(directory);
  await second.saying(/ready \d+/);
  expect(await first.exited).toBe(0);
  second.kill('SIGTERM');
  expect(await second.exited).toBe(0);
});

test('signals that come twice stop everything once, in order, and leave nothing', async () => {
  const directory = dataDirectory();
  const started = startFixture(directory);
  await started.saying(/ready \d+\ntoken only-once/);
  started.kill('SIGINT');
  started.kill('SIGINT');
  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
  expect(processesAbout(directory)).toEqual([]);
  const log = readFileSync(path.join(directory, 'logs/patchgate.log'), 'utf8');
  expect(log).toMatch(/fixture stopped in order[^]*database system is shut down/);
  expect(log).not.toContain('only-once');
});

test('after kill -9 nothing is left, and the next start recovers', async () => {
  const directory = dataDirectory();
  const first = startFixture(directory);
  await first.saying(/ready \d+/);
  first.kill('SIGKILL');
  await vi.waitFor(() => expect(processesAbout(directory)).toEqual([]), patience);
  const second = startFixture(directory);
  await second.saying(/ready \d+/);
  second.kill('SIGTERM');
  expect(await second.exited).toBe(0);
});

test('a start right after kill -9 waits for the old PostgreSQL instead of failing', async () => {
  const directory = dataDirectory();
  const first = startFixture(directory);
  await first.saying(/ready \d+/);
  first.kill('SIGKILL');
  await first.exited;
  const second = startFixture(directory);
  await second.saying(/ready \d+/);
  second.kill('SIGTERM');
  expect(await second.exited).toBe(0);
});

test('a child that crashes is started again', async () => {
  const started = startFixture(dataDirectory());
  const [, port = ''] = await started.saying(/ready (\d+)/);
  const before = await pidOfChild(port);
  await expect(fetch(`http://127.0.0.1:${port}/crash`)).rejects.toThrow();
  await vi.waitFor(async () => expect(await pidOfChild(port)).not.toBe(before), patience);
  expect(started.output()).toContain('fixture ended (exit code 3); starting it again');
  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});

test('a child with a bad configuration ends the start with its line and exit code 78', async () => {
  const directory = dataDirectory();
  const started = startFixture(directory, { environment: { FIXTURE_BEHAVIOUR: 'bad-configuration' } });
  expect(await started.exited).toBe(78);
  expect(started.output()).toContain('PATCHGATE_PORT: given "x", expected a whole number');
  expect(processesAbout(directory)).toEqual([]);
});

test('a port that is taken is one line that names the variable', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await vi.waitFor(() => expect(server.listening).toBe(true));
  const { port } = server.address() as { port: number };
  const started = startFixture(dataDirectory(), { environment: { PATCHGATE_PORT: String(port) } });
  expect(await started.exited).toBe(1);
  expect(started.output()).toMatch(new RegExp(`\nport ${port} of 127.0.0.1 is taken.*PATCHGATE_PORT\n$`));
  server.close();
});

test('a PostgreSQL that is killed comes back at the address that commands beside it find', async () => {
  const directory = dataDirectory();
  const started = startFixture(directory);
  await started.saying(/ready \d+/);
  const postmaster = () =>
    Number(readFileSync(path.join(directory, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  const before = postmaster();
  process.kill(before, 'SIGKILL');
  await vi.waitFor(async () => {
    const client = new Client({ connectionString: runningAppUrl(directory) });
    await client.connect();
    const { rows } = await client.query(
      'SELECT current_user::text AS name, current_database()::text AS database',
    );
    await client.end();
    expect(rows).toEqual([{ name: 'patchgate_app', database: 'patchgate' }]);
    expect(postmaster()).not.toBe(before);
  }, patience);
  expect(started.output()).toContain('PostgreSQL ended (SIGKILL); starting it again');
  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});
