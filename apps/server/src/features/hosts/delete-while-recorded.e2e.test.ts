import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { measured } from '../results/results.fixture.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';

const clock = new SystemClock();
const rounds = 15;
const hosts = 4;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

it('hosts are deleted while their results are written, and neither waits for the other in a circle', async () => {
  const db = api.app.get(DataSource);
  const recorder = api.app.get(ResultRecorder);
  await recorder.ensurePartitions(db.manager);
  const failures: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const seeded = await seedHosts(db, { hosts, checksEach: 5 });
    await db.transaction((tx) =>
      recorder.checksChanged(
        tx,
        seeded.map(({ id }) => id),
      ),
    );
    const write = (healthy: boolean) =>
      db.transaction(async (tx) => {
        const results = seeded.flatMap((host) =>
          host.checkIds.map((_, check) => measured(host, clock.now(), { check, healthy })),
        );
        await recorder.record(tx, results);
      });
    const remove = async (id: string) => {
      const { status, body } = await api.admin.call(`/hosts/${id}`, { method: 'DELETE' });
      if (status !== 204) throw new Error(`${status} ${JSON.stringify(body)}`);
    };
    const outcomes = await Promise.allSettled([
      ...[true, false, true].map(write),
      // Against the order of their ids too.
      ...seeded.toReversed().map(({ id }) => remove(id)),
      write(false),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') failures.push(String(outcome.reason));
  }
  expect(failures).toEqual([]);
  const [left] = await db.query<{ states: number }[]>(
    'SELECT count(*)::int AS states FROM health_check_state',
  );
  expect(left).toEqual({ states: 0 });
});
