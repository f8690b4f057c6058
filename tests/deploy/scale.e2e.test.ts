import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { TestCaller, adminName, cookieOf, goodPassword } from '../../apps/server/src/api.fixture.js';
import { follow, names } from '../../apps/server/src/features/events/follower.fixture.js';
import { ResultRecorder } from '../../apps/server/src/features/results/result-recorder.js';
import { seedHosts } from '../../apps/server/src/features/results/seed-hosts.fixture.js';
import { SystemClock } from '../../apps/server/src/platform/clock/clock.js';
import { createDataSource } from '../../apps/server/src/platform/database/data-source.js';
import { startRole } from '../../apps/server/src/roles/role.fixture.js';
import type { RunningRole } from '../../apps/server/src/roles/role.fixture.js';
import { createTestDatabase } from '../test-database.js';
import { podsOf, readDeployed, readKubernetes } from './deploy-files.js';

const intervalMs = 10_000;
const timeoutMs = 2_000;
const hostCount = 60;
const SETTLED = { timeout: 30_000, interval: 200 };
const settings = {
  ...(process.env.NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
  PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalMs / 1000),
  PATCHGATE_CHECK_TIMEOUT_MS: String(timeoutMs),
  PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8',
};
const firstAdmin = { PATCHGATE_ADMIN_USERNAME: adminName, PATCHGATE_ADMIN_PASSWORD: goodPassword };

test(
  '2 apis and 3 workers are one installation: a session, an event and a poll belong to all, and a killed worker is not missed',
  { timeout: 90_000 },
  async () => {
    const database = await createTestDatabase();
    onTestFinished(database.drop);
    const apis = [1, 2].map(() => startRole('api', database.appUrl, { ...settings, ...firstAdmin }));
    const workers = [1, 2, 3].map(() => startRole('worker', database.appUrl, settings));
    const urls = await Promise.all(apis.map(async (api) => `${await api.origin()}/api/v1`));
    await Promise.all(workers.map((worker) => worker.program.saying(/"worker ready"/)));

    const [here, there] = await signInOnce(urls);
    const streams = await Promise.all([follow(here, urls[0]!), follow(there, urls[1]!)]);
    await Promise.all(streams.map((stream) => stream.hears('reset')));

    const target = await startTarget();
    const hosts = await watchHosts(database.appUrl, target.url);
    const shares = () => Promise.all(workers.map(probes));
    await expect
      .poll(async () => Math.min(target.visits.size - hostCount + 1, ...(await shares())), SETTLED)
      .toBeGreaterThan(0);
    for (const stream of streams) await stream.hears('check', names(hosts[0]!));
    await expectDeployed(apis, workers);

    const killed = workers[0]!;
    killed.program.kill('SIGKILL');
    await killed.program.exited;
    const killedAtMs = performance.now();
    // Everybody is asked again, those too whom the killed one had claimed.
    const askedSince = () => [...target.visits.values()].filter((visits) => visits.at(-1)! > killedAtMs);
    await expect.poll(() => askedSince().length, SETTLED).toBe(hostCount);
    for (const [host, visits] of target.visits) {
      // A check that is new is made at once, and only then at the host's place in the interval.
      const [, ...inTurn] = visits;
      const gaps = inTurn.slice(1).map((at, index) => at - inTurn[index]!);
      // What comes late on a busy machine comes closer to the next one; two workers would ask in the same second.
      if (!target.lost.has(host)) expect(Math.min(intervalMs, ...gaps)).toBeGreaterThan(intervalMs / 2);
    }

    await there.ok('/auth/logout', { method: 'POST' });
    expect((await here.call('/auth/session')).status).toBe(401);
  },
);

/** One who signed in at the first api, as each of them knows her. */
async function signInOnce([first = '', second = '']: readonly string[]): Promise<[TestCaller, TestCaller]> {
  const body = { username: adminName, password: goodPassword };
  const reply = await new TestCaller(first).call('/auth/login', { method: 'POST', body });
  const cookie = cookieOf(reply);
  const callers: [TestCaller, TestCaller] = [
    new TestCaller(first, { cookie }),
    new TestCaller(second, { cookie }),
  ];
  for (const caller of callers) expect((await caller.call('/auth/session')).status).toBe(200);
  return callers;
}

/** Hosts with a check each, due from now on. */
async function watchHosts(appUrl: string, target: string): Promise<string[]> {
  const app = await createDataSource(appUrl, { applicationName: 'test' }).initialize();
  try {
    const hosts = await seedHosts(app, { hosts: hostCount, url: (hostId) => `${target}/${hostId}` });
    const recorder = new ResultRecorder(new SystemClock(), {
      pollIntervalMs: intervalMs,
      checkTimeoutMs: timeoutMs,
    });
    const ids = hosts.map(({ id }) => id);
    await app.transaction((db) => recorder.checksChanged(db, ids));
    return ids;
  } finally {
    await app.destroy();
  }
}

/** What every check asks; knows when each host was asked for, and for whom the answer was lost. */
async function startTarget() {
  const visits = new Map<string, number[]>();
  const lost = new Set<string>();
  const server = createServer((request, response) => {
    const host = (request.url ?? '').slice(1);
    visits.set(host, [...(visits.get(host) ?? []), performance.now()]);
    response.once('close', () => {
      if (!response.writableFinished) lost.add(host);
    });
    // Long enough that a worker which is killed leaves some unanswered.
    setTimeout(() => response.end('ready'), 200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { visits, lost, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const metricsOf = async (role: RunningRole): Promise<string> =>
  (await fetch(`${await role.management()}/metrics`)).text();

/** How many checks this very worker has made. */
async function probes(worker: RunningRole): Promise<number> {
  const lines = (await metricsOf(worker)).match(/^probe_runs_total\{.*\} (\d+)$/gm) ?? [];
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** What the files that deploy ask of these processes is there: the paths of the probes, the metrics of the alerts. */
async function expectDeployed(apis: readonly RunningRole[], workers: readonly RunningRole[]): Promise<void> {
  const pods = podsOf(readKubernetes());
  const prometheus = parse(readDeployed('deploy/prometheus/prometheus.yml')) as {
    scrape_configs: [{ metrics_path: string }];
  };
  for (const [pod, role] of [
    ['patchgate-api', apis[0]!],
    ['patchgate-worker', workers[0]!],
  ] as const) {
    const { livenessProbe, readinessProbe } = pods[pod]!.containers[0]!;
    const paths = [
      livenessProbe!.httpGet.path,
      readinessProbe!.httpGet.path,
      prometheus.scrape_configs[0].metrics_path,
    ];
    const ask = async (where: string) => (await fetch((await role.management()) + where)).status;
    expect(await Promise.all([...paths, '/no-such-path'].map(ask))).toEqual([200, 200, 200, 404]);
  }
  const metrics = `\n${await metricsOf(apis[0]!)}\n${await metricsOf(workers[0]!)}`;
  const { groups } = parse(readDeployed('deploy/prometheus/patchgate.rules.yml')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const used = groups.flatMap(({ rules }) =>
    rules.flatMap(({ expr }) => expr.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []),
  );
  const unknown = used.filter(
    (name) => name !== 'histogram_quantile' && !new RegExp(`\\n${name}[{ ]`).test(metrics),
  );
  expect(used.length).toBeGreaterThan(6);
  expect(unknown).toEqual([]);
}
