import { afterAll, beforeAll, expect, it } from 'vitest';
import sql from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import { Client } from 'pg';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { createDataSource } from '../database/data-source.js';
import { execute } from '../database/query.js';
import type { Principal } from '../http/caller.js';
import { newId } from '../ids/new-id.js';
import { deliver } from './deliver.js';
import { LiveStream } from './live-stream.js';
import { readNotification } from './notification.js';
import { PendingChanges } from './pending-changes.js';
import { channel, publish, publishObjects } from './publish.js';
import type { ObjectTopic } from './publish.js';
import { Reach } from './reach.js';

const [groupId, mine, theirs, omarId] = [newId(), newId(), newId(), newId()];
const person = (userId: string, role: Principal['role']): Principal => ({
  userId,
  username: userId,
  displayName: userId,
  role,
  credential: { kind: 'session', id: newId() },
});
const omar = person(omarId, 'operator');
const admin = person(newId(), 'admin');

let database: TestDatabase;
let dataSource: DataSource;
let listener: Client;
const heard: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  const db = dataSource.manager;
  await execute(
    db,
    sql`INSERT INTO users (id, username, display_name, role, password_hash, created_at, updated_at)
      VALUES (${omarId}, 'omar', 'Omar', 'operator', '', now(), now())`,
  );
  await execute(
    db,
    sql`INSERT INTO groups (id, name, description, created_at, updated_at) VALUES (${groupId}, 'a', '', now(), now())`,
  );
  for (const [id, n] of [[mine, 1] as const, [theirs, 2] as const]) {
    await execute(
      db,
      sql`INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
        VALUES (${id}, ${`h${n}.example.org`}, ${`10.0.0.${n}`}, 12443, now(), now())`,
    );
  }
  await execute(db, sql`INSERT INTO group_hosts (group_id, host_id) VALUES (${groupId}, ${mine})`);
  await execute(db, sql`INSERT INTO group_users (group_id, user_id) VALUES (${groupId}, ${omarId})`);
  listener = new Client(database.appUrl);
  await listener.connect();
  await listener.query(`LISTEN ${channel}`);
  listener.on('notification', ({ payload = '' }) => heard.push(payload));
});
afterAll(async () => {
  await listener.end();
  await dataSource.destroy();
  await database.drop();
});

/** What each of the two hears of what a transaction publishes. */
async function hearing(act: () => Promise<void>): Promise<{ omar: string; admin: string }> {
  heard.length = 0;
  await act();
  // A notification of the same connection comes before the answer to what is asked after it.
  await listener.query('SELECT 1');
  const pending = new PendingChanges();
  for (const payload of heard) {
    expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(7_000);
    const notification = readNotification(payload);
    if (notification) pending.add(notification);
  }
  const reach = new Reach();
  await reach.load(dataSource.manager, [omar, admin]);
  const streams = [new LiveStream(omar), new LiveStream(admin)];
  deliver(pending.take(), streams, reach);
  const texts = streams.map((stream) => String(stream.read()).replace('retry: 2000\n\n', ''));
  return { omar: texts[0] ?? '', admin: texts[1] ?? '' };
}

const event = (topic: string, data: object): string => `event: ${topic}\ndata: ${JSON.stringify(data)}\n\n`;

it.each(['check', 'host'] as const)('SEC-A4 %s names to each only the hosts in reach', async (topic) => {
  const texts = await hearing(() => publish(dataSource.manager, topic, [mine, theirs]));
  expect(texts).toEqual({
    omar: event(topic, { ids: [mine] }),
    admin: event(topic, { ids: [mine, theirs] }),
  });
});

it.each<ObjectTopic>(['job', 'run', 'log'])('SEC-A4 %s is told to who reaches its host', async (topic) => {
  const [ours, foreign] = [newId(), newId()];
  const objects = [
    { id: ours, hostId: mine },
    { id: foreign, hostId: theirs },
  ];
  const texts = await hearing(() => publishObjects(dataSource.manager, topic, objects));
  expect(texts).toEqual({
    omar: event(topic, { ids: [ours] }),
    admin: event(topic, { ids: [ours, foreign] }),
  });
});

it('SEC-A4 the overview is told to those whose numbers change', async () => {
  const { manager } = dataSource;
  const told = event('overview', {});
  expect(await hearing(() => publish(manager, 'overview', [mine]))).toEqual({ omar: told, admin: told });
  expect(await hearing(() => publish(manager, 'overview', [theirs]))).toEqual({ omar: '', admin: told });
  expect(await hearing(() => publish(manager, 'overview', []))).toEqual({ omar: '', admin: told });
});

it('SEC-A4 enrolments are told to administrators alone, whatever they name', async () => {
  const told = event('enrolment', {});
  for (const ids of [[], [mine]]) {
    const texts = await hearing(() => publish(dataSource.manager, 'enrolment', ids));
    expect(texts).toEqual({ omar: '', admin: told });
  }
});

it('says "fetch anew" instead of more ids than fit, and names nothing', async () => {
  const many = Array.from({ length: 400 }, () => newId());
  const told = event('check', { refetch: true });
  expect(await hearing(() => publish(dataSource.manager, 'check', many))).toEqual({
    omar: told,
    admin: told,
  });
});

it('says nothing of nothing', async () => {
  await publish(dataSource.manager, 'host', []);
  await publishObjects(dataSource.manager, 'run', []);
  heard.length = 0;
  await listener.query('SELECT 1');
  expect(heard).toEqual([]);
});
