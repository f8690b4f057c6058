import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/test-database.js';
import { startTestPostgres } from '../../../../tests/test-postgres.js';
import { temporaryDirectory } from '../../../../tests/start-fixture.js';
import { TestCaller, adminName, cookieOf, goodPassword } from '../api.fixture.js';
import { follow, names } from '../features/events/follower.fixture.js';
import { SystemClock } from '../platform/clock/clock.js';
import { migrate } from '../platform/database/migrate.js';
import { newId } from '../platform/ids/new-id.js';
import { appName } from '../supervisor/postgres-roles.js';
import { startRole } from './role.fixture.js';
import type { RunningRole } from './role.fixture.js';

const firstAdmin = { PATCHGATE_ADMIN_USERNAME: adminName, PATCHGATE_ADMIN_PASSWORD: goodPassword };

interface Api {
  role: RunningRole;
  url: string;
  as: (person: TestCaller) => TestCaller;
}

async function startApi(databaseUrl: string): Promise<Api> {
  const role = startRole('api', databaseUrl, firstAdmin);
  const url = `${await role.origin()}/api/v1`;
  return { role, url, as: ({ headers }) => new TestCaller(url, headers) };
}

/** Signed in at one process, and so at every other. */
async function signIn({ url }: Api, username = adminName): Promise<TestCaller> {
  const body = { username, password: goodPassword };
  const reply = await new TestCaller(url).call('/auth/login', { method: 'POST', body });
  return new TestCaller(url, { cookie: cookieOf(reply) });
}

let hosts = 0;
const addHost = async (caller: TestCaller, groupIds: string[] = []): Promise<string> => {
  const address = `10.0.0.${(hosts += 1)}`;
  const body = { fqdn: `h-${newId()}.example.org`, address, group_ids: groupIds };
  return String((await caller.post('/hosts', body)).id);
};
const rename = (caller: TestCaller, id: string) =>
  caller.ok(`/hosts/${id}`, { method: 'PATCH', body: { fqdn: `n-${newId()}.example.org` } });

async function checkpoint(superuserUrl: string): Promise<void> {
  const client = new Client(superuserUrl);
  await client.connect();
  await client.query('CHECKPOINT');
  await client.end();
}

test('B8 a change at one process is heard on 200 streams of two within a second (p99), and health counts them', async () => {
  const database = await createTestDatabase();
  try {
    const first = await startApi(database.appUrl);
    const second = await startApi(database.appUrl);
    const admin = await signIn(first);
    const group = String((await admin.post('/groups', { name: 'all of them' })).id);
    const host = await addHost(admin, [group]);
    const streams = [];
    for (const username of ['ada', 'ben', 'cleo', 'dan', 'eve']) {
      const body = { username, display_name: username, role: 'viewer', password: goodPassword };
      const { id } = await admin.post('/users', body);
      await admin.ok(`/groups/${group}/users/${String(id)}`, { method: 'PUT' });
      const person = await signIn(first, username);
      for (const { url, as } of [first, second])
        for (let count = 0; count < 20; count += 1) streams.push(await follow(as(person), url));
    }
    await Promise.all(streams.map((stream) => stream.hears('reset')));
    for (const { role } of [first, second]) {
      await vi.waitFor(async () => {
        const { body } = await role.health();
        expect(body.active_listeners).toEqual({ sse: 100, agents: null });
        const topics = { check: 100, host: 100, job: 100, run: 100, log: 100, overview: 100 };
        expect(body.topics).toEqual({ ...topics, enrolment: 0 });
      });
    }

    const latenciesMs: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      for (const { events } of streams) events.length = 0;
      const changedAtMs = performance.now();
      await rename(admin, host);
      const heard = await Promise.all(streams.map((stream) => stream.hears('host', names(host))));
      latenciesMs.push(...heard.map(({ atMs }) => atMs - changedAtMs));
    }
    latenciesMs.sort((a, b) => a - b);
    const [p50 = 0, p99 = 0] = [0.5, 0.99].map((part) => latenciesMs[Math.floor(latenciesMs.length * part)]);
    process.stdout.write(
      `B8 ${latenciesMs.length} events on ${streams.length} streams: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms\n`,
    );
    expect(p99).toBeLessThan(1_000);
  } finally {
    await database.drop();
  }
});

test('a PostgreSQL that is killed ends no stream: it is silent, then told to fetch anew, and hears on', async () => {
  const directory = temporaryDirectory();
  const postgres = await startTestPostgres(directory);
  await migrate({ migrationUrl: postgres.migrationUrl, appRole: appName, clock: new SystemClock() });
  const apis = [await startApi(postgres.appUrl), await startApi(postgres.appUrl)];
  const admin = await signIn(apis[0]!);
  const host = await addHost(admin);
  const streams = await Promise.all(apis.map(({ url, as }) => follow(as(admin), url)));
  await Promise.all(streams.map((stream) => stream.hears('reset')));
  for (const { events } of streams) events.length = 0;

  // The databases of tests are quick, not durable: what was done so far has to outlive the kill.
  await checkpoint(postgres.superuserUrl);
  process.kill(postgres.pid()!, 'SIGKILL');
  // Comes back by itself; what is changed meanwhile nobody is told of.
  const backAtMs = await vi.waitFor(
    async () => {
      await rename(admin, host);
      return performance.now();
    },
    { timeout: 30_000, interval: 50 },
  );
  for (const stream of streams) {
    const { atMs } = await stream.hears('reset');
    expect(atMs - backAtMs).toBeLessThan(5_000);
  }
  await rename(admin, host);
  await Promise.all(streams.map((stream) => stream.hears('host', names(host))));
  expect(await Promise.race([...streams.map(({ ended }) => ended), delay(0, 'open')])).toBe('open');
  await postgres.stop();
});

test('a process that stops ends its streams and lets nobody in, and those of another hear on', async () => {
  const database = await createTestDatabase();
  try {
    const [stopping, staying] = [await startApi(database.appUrl), await startApi(database.appUrl)];
    const admin = await signIn(staying);
    const [leaves, stays] = [
      await follow(stopping.as(admin), stopping.url),
      await follow(admin, staying.url),
    ];
    await Promise.all([leaves.hears('reset'), stays.hears('reset')]);
    stopping.role.program.kill('SIGTERM');
    await leaves.ended;
    expect(await stopping.role.program.exited).toBe(0);
    const host = await addHost(admin);
    await stays.hears('host', names(host));
    const again = await follow(admin, staying.url);
    await again.hears('reset');
  } finally {
    await database.drop();
  }
});
