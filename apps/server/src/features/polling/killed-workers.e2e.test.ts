import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { waitUntil } from '../../../../../tests/wait-until.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { startRole } from '../../roles/role.fixture.js';
import type { RunningRole } from '../../roles/role.fixture.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';

/** Four leases of six seconds and more go into it, as into the usual one: a worker may die three times over one check. */
const intervalMs = 25_000;
const timeoutMs = 500;
const hosts = 30;
const kills = 20;
const killEveryMs = 2_500;

interface Visit {
  readonly from: number;
  to: number;
}

/** Answers after a while, and remembers when each check came and went. */
async function startTarget() {
  const visits = new Map<string, Visit[]>();
  const server = createServer((request, response) => {
    const visit = { from: performance.now(), to: Infinity };
    const name = request.url ?? '';
    visits.set(name, [...(visits.get(name) ?? []), visit]);
    response.once('close', () => (visit.to = performance.now()));
    setTimeout(() => response.end('ready'), 100);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    visits,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

const settings = {
  PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalMs / 1000),
  PATCHGATE_CHECK_TIMEOUT_MS: String(timeoutMs),
  PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8',
};

test(
  'over 20 kills of one of two workers no check is polled twice at a time, and none waits for two intervals',
  { timeout: 180_000 },
  async () => {
    const database = await createTestDatabase();
    const target = await startTarget();
    const app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
    try {
      const recorder = new ResultRecorder(new SystemClock(), {
        pollIntervalMs: intervalMs,
        checkTimeoutMs: timeoutMs,
      });
      const seeded = await seedHosts(app, { hosts, url: (hostId) => `${target.url}/${hostId}` });
      await app.transaction((db) =>
        recorder.checksChanged(
          db,
          seeded.map(({ id }) => id),
        ),
      );
      const start = () => startRole('worker', database.appUrl, settings);
      const workers: [RunningRole, RunningRole] = [start(), start()];
      const ready = (worker: RunningRole) => worker.program.saying(/"worker ready"/);
      await Promise.all(workers.map(ready));
      for (let kill = 0; kill < kills; kill += 1) {
        const victim = workers[kill % 2]!;
        // Where a start takes long, workers that never come to work would say nothing.
        await ready(victim);
        // The kills themselves are the pace of this test, not a wait for something.
        await delay(killEveryMs);
        victim.program.kill('SIGKILL');
        await victim.program.exited;
        workers[kill % 2] = start();
      }
      const killedAt = performance.now();
      const lastOf = (visits: readonly Visit[]) => visits.at(-1)?.from ?? 0;
      await waitUntil(
        () => {
          expect(target.visits.size).toBe(hosts);
          expect(Math.min(...[...target.visits.values()].map(lastOf))).toBeGreaterThan(killedAt);
        },
        { timeoutMs: 2 * intervalMs, everyMs: 100 },
      );
      const endedAt = performance.now();
      for (const visits of target.visits.values()) {
        const gaps = visits.map(({ from }, index) => (visits[index + 1]?.from ?? endedAt) - from);
        expect(Math.max(...gaps)).toBeLessThan(2 * intervalMs);
        const overlaps = visits.filter(({ to }, index) => to > (visits[index + 1]?.from ?? Infinity));
        expect(overlaps).toEqual([]);
      }
    } finally {
      await app.destroy();
      target.close();
      await database.drop();
    }
  },
);
