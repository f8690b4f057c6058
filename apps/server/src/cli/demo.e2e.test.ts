import type {
  GroupView,
  HealthCheckView,
  HostView,
  MaintenanceWindowView,
  PatchJobView,
  RunView,
} from '@patchgate/contracts';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { processesAbout, runProgram } from '../../../../tests/run-program.js';
import type { RunningProgram } from '../../../../tests/run-program.js';
import { repository, temporaryDirectory } from '../../../../tests/start-fixture.js';
import { TestCaller, cookieOf } from '../api.fixture.js';

const cli = path.resolve(import.meta.dirname, '../../dist/main.cli.js');
const patience = { timeout: 90_000, interval: 200 };

const startDemo = (dataDirectory: string, environment: NodeJS.ProcessEnv = {}): RunningProgram =>
  runProgram([process.execPath, cli, 'start', '--demo'], {
    cwd: path.dirname(dataDirectory),
    env: { PATH: process.env.PATH, PATCHGATE_DATA_DIR: dataDirectory, PATCHGATE_PORT: '0', ...environment },
  });

/** As whoever reads the terminal signs in. */
async function signedIn(
  demo: RunningProgram,
): Promise<{ origin: string; seconds: number; demo: TestCaller }> {
  const [, seconds, origin = ''] = await demo.saying(/demo of Patchgate is ready after ([\d.]+) s: (\S+)\n/);
  const [, username] = await demo.saying(/user name {2}(\S+)\n/);
  const [, password] = await demo.saying(/password {3}(\S+)\n/);
  const caller = new TestCaller(`${origin}/api/v1`);
  const reply = await caller.call('/auth/login', { method: 'POST', body: { username, password } });
  const headers = { cookie: cookieOf(reply) };
  return { origin, seconds: Number(seconds), demo: new TestCaller(`${origin}/api/v1`, headers) };
}

const itemsOf = async <T>(caller: TestCaller, address: string): Promise<T[]> =>
  (await caller.ok(address)).items as T[];

const statusesOf = (hosts: readonly HostView[]): string[] =>
  hosts.map(({ fqdn, health_check_status }) => `${fqdn} ${health_check_status}`);

/** The run of today's job that waits, once the gate was asked. */
function waitingRun(caller: TestCaller): Promise<RunView> {
  return vi.waitFor(async () => {
    for (const { id } of await itemsOf<PatchJobView>(caller, '/patch-jobs?open=true')) {
      const runs = await itemsOf<RunView>(caller, `/patch-jobs/${id}/hosts?status=waiting_health_check`);
      if (runs[0]) return runs[0];
    }
    throw new Error('no run waits yet');
  }, patience);
}

test('a demo is ready soon, has a fleet with a past that the present agrees with, and is made anew at each start', async () => {
  const dataDirectory = path.join(temporaryDirectory(), 'data');
  const first = startDemo(dataDirectory);
  // The past is written before there are hosts that could be asked.
  await first.saying(/simulated hosts ready/);
  const presentMs = Date.now();
  const { origin, seconds, demo } = await signedIn(first);
  // Ten seconds on a machine of its own; others who work on this one make it wait for its turn.
  const crowd = Math.max(1, loadavg()[0]! / availableParallelism());
  process.stdout.write(
    `the demo was ready after ${seconds} s, on a machine ${crowd.toFixed(1)} times full\n`,
  );
  expect(seconds).toBeLessThan(10 * crowd);

  expect(await (await fetch(origin)).text()).toContain('<meta name="patchgate-demo" content="15" />');
  expect(await itemsOf<GroupView>(demo, '/groups')).toHaveLength(4);
  const hosts = await itemsOf<HostView>(demo, '/hosts?limit=50');
  expect(hosts).toHaveLength(24);
  const unhealthy = hosts.filter((host) => host.health_check_status === 'unhealthy');
  expect(unhealthy.map(({ fqdn }) => fqdn.split('.')[0]).toSorted()).toEqual(['cache-2', 'git-1', 'web-3']);

  // All polls of the present are made; none of them found anything else than the past ended with.
  const checks = await vi.waitFor(async () => {
    const all: HealthCheckView[] = [];
    for (const { id } of hosts)
      all.push(...(await itemsOf<HealthCheckView>(demo, `/hosts/${id}/health-checks`)));
    expect(all.filter(({ last_result: last }) => Date.parse(last?.checked_at ?? '') < presentMs)).toEqual([]);
    return all;
  }, patience);
  expect(new Set(checks.map(({ check_type }) => check_type))).toEqual(
    new Set(['service', 'http', 'tcp', 'fastcgi']),
  );
  expect(statusesOf(await itemsOf<HostView>(demo, '/hosts?limit=50'))).toEqual(statusesOf(hosts));
  const latestFlip = Math.max(...checks.map(({ since }) => Date.parse(since)));
  expect(Date.now() - latestFlip).toBeGreaterThan(20 * 60_000);
  const failing = checks.flatMap(({ status, last_result: last }) =>
    status === 'unhealthy' ? `${last?.reason}: ${last?.detail}` : [],
  );
  expect(failing.toSorted()).toEqual([
    'cert: the certificate has expired',
    'connect: connection refused',
    'service_unhealthy: failed (failed)',
    'status: HTTP 502',
    'status: HTTP 503',
  ]);
  const { items: history } = await demo.ok(
    `/hosts/${checks[0]?.host_id}/health-checks/${checks[0]?.id}/results?limit=500`,
  );
  expect((history as unknown[]).length).toBeGreaterThan(400);

  const windows = await itemsOf<MaintenanceWindowView>(demo, '/maintenance-windows');
  expect(windows.map(({ kind }) => kind).toSorted()).toEqual([
    'blackout',
    ...Array<string>(4).fill('maintenance'),
  ]);
  const jobs = await itemsOf<PatchJobView>(demo, '/patch-jobs');
  expect(jobs.map(({ status }) => status).toSorted()).toEqual([
    ...['partially_failed', 'running', 'running', 'succeeded'],
  ]);
  expect((await waitingRun(demo)).fqdn).toBe('web-3.fra.example.org');

  first.kill('SIGINT');
  expect(await first.exited).toBe(0);
  expect(processesAbout(dataDirectory)).toEqual([]);

  // A second start begins anew; here the administrator does not wait for anybody to start PHP.
  const second = startDemo(dataDirectory);
  const again = await signedIn(second);
  expect(await itemsOf<HostView>(again.demo, '/hosts?limit=50')).toHaveLength(24);
  const run = await waitingRun(again.demo);
  const address = `/patch-jobs/${run.job_id}/hosts/${run.id}`;
  await again.demo.post(`${address}/override`, { reason: 'The shop is closed tonight' });
  await vi.waitFor(async () => expect((await again.demo.ok(address)).dispatched_at).not.toBeNull(), patience);
  second.kill('SIGINT');
  expect(await second.exited).toBe(0);
  expect(processesAbout(dataDirectory)).toEqual([]);
}, 240_000);

test('what README.md has people type first is this start', () => {
  const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
  expect(/```sh\n([^`]+)\n```/.exec(read('README.md'))?.[1]).toBe('npm run demo');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts.demo).toBe(`${scripts.start} --demo`);
});

test.each([
  ['DATABASE_URL', 'postgres://app:secret@db.example.org/patchgate'],
  ['PATCHGATE_KEY_DIR', '/proc/no-place-for-keys'],
])('a demo refuses the %s of a real installation', async (name, value) => {
  const dataDirectory = path.join(temporaryDirectory(), 'data');
  const started = startDemo(dataDirectory, { [name]: value });
  expect(await started.exited).toBe(78);
  expect(started.output()).toMatch(new RegExp(`^${name}: given a value, expected nothing with --demo`));
  expect(existsSync(dataDirectory)).toBe(false);
});

test('a demo refuses the data directory of a real installation, and that one the directory of a demo', async () => {
  const dataDirectory = path.join(temporaryDirectory(), 'data');
  mkdirSync(path.join(dataDirectory, 'keys'), { recursive: true });
  writeFileSync(path.join(dataDirectory, 'keys/health-check.key'), 'not to be lost');
  const started = startDemo(dataDirectory);
  expect(await started.exited).toBe(78);
  expect(started.output()).toContain(
    `PATCHGATE_DATA_DIR: given ${dataDirectory}, expected a directory of a demo`,
  );
  expect(readdirSync(dataDirectory)).toEqual(['keys']);
  expect(readFileSync(path.join(dataDirectory, 'keys/health-check.key'), 'utf8')).toBe('not to be lost');

  const ofDemo = path.join(temporaryDirectory(), 'data');
  mkdirSync(ofDemo);
  writeFileSync(path.join(ofDemo, 'this-is-a-demo'), '');
  const real = runProgram([process.execPath, cli, 'start'], {
    env: { PATH: process.env.PATH, PATCHGATE_DATA_DIR: ofDemo },
  });
  expect(await real.exited).toBe(78);
  expect(real.output()).toContain('this one is of a demo');
});
