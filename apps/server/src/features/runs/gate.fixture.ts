import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { Prober, WorkPermits } from '@patchgate/probes';
import type { ProbeResult, ServiceCheck } from '@patchgate/probes';
import { Registry } from '@patchgate/service-health';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import { waitUntil } from '../../../../../tests/wait-until.js';
import { DatabaseClock } from '../../platform/clock/database-clock.js';
import { readDatabaseTime } from '../../platform/clock/read-database-time.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { channel } from '../../platform/events/publish.js';
import { createLogger } from '../../platform/logger/logger.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { PolledChecks } from '../health-checks/polled-checks.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';
import { HostWindows } from '../windows/host-windows.js';
import type { ClaimedRun } from './claimed-run.js';
import { RunMetrics } from './run-metrics.js';
import { RunWorker } from './run-worker.js';
import type { RunWorkerDependencies } from './run-worker.js';
import { runColumns } from './run.row.js';
import type { RunRow } from './run.row.js';
import { seedGateJob, seedPerson } from './seed-gate.fixture.js';
import type { GateJobSeed, SeededGateJob } from './seed-gate.fixture.js';
import { ShiftedClock } from './shifted-clock.fixture.js';

export const minuteMs = 60_000;
export const retryMs = 300_000;
const deadlineMs = 2_000;

const config = { retryMs, verifyMs: 1, verifyEveryMs: 1, mostRunMs: 1, rebootMs: 1 };
const healthConfig = { pollIntervalMs: 300_000, checkTimeoutMs: deadlineMs };

/** What the targets of hosts do, by the path that stands for the host and check. */
type Answer = (response: ServerResponse) => void;
export const healthy: Answer = (response) => void response.end('ready');
export const ill: Answer = (response) => void response.writeHead(503).end();

/** A target that says nothing until it is let go. */
export function held(then: Answer = healthy) {
  const waiting: ServerResponse[] = [];
  return {
    answer: (response: ServerResponse) => void waiting.push(response),
    isAsked: () => waiting.length > 0,
    letGo: () => {
      for (const response of waiting.splice(0)) then(response);
    },
  };
}

interface Notification {
  readonly topic: string;
  readonly ids: readonly string[];
}

/** A worker's side of the gate on a database of its own, with real targets on this machine and time that can be moved. */
export async function openGate() {
  const database = await createTestDatabase();
  const app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  const shifted = new ShiftedClock();
  const databaseTime = { aheadMs: 0 };
  const clock = await DatabaseClock.open(
    shifted,
    async () => (await readDatabaseTime(app.manager)) + shifted.shiftMs + databaseTime.aheadMs,
  );
  const recorder = new ResultRecorder(clock, healthConfig);
  // Room for results as late as any test moves the time.
  await app.query(`SELECT add_result_partitions(now(), now() + interval '2 days')`);
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const hostId = (request.url ?? '').slice(1);
    asked.push(hostId);
    (answers.get(hostId) ?? healthy)(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const services = {
    answer: (_check: ServiceCheck): Promise<ProbeResult> => Promise.reject(new Error('no agent')),
  };
  const prober = new Prober(
    {
      ...{ deadlineMs, policy: createDialPolicy({ allow: ['127.0.0.0/8'] }), resolve: systemResolve },
      ...{ trust: new TlsTrust({ roots: [] }), mutualTrust: null, permits: new WorkPermits(100) },
      nowMs: () => clock.monotonicMs(),
    },
    { probe: (check) => services.answer(check) },
  );
  const sealer = new Sealer('this', 'k1', new Map([['k1', { id: 'k1', bytes: randomBytes(32) }]]));
  const lines: string[] = [];
  const logger = createLogger('test', 'info', {
    destination: { write: (line: string) => void lines.push(line) },
  });
  const checks = new PolledChecks(sealer, logger);
  const registry = new Registry();
  const dispatched: ClaimedRun[] = [];
  const admin = await seedPerson(app, 'admin');

  const workers: RunWorker[] = [];
  const newWorker = (parts: Partial<RunWorkerDependencies> = {}): RunWorker => {
    const worker = new RunWorker({
      ...{ dataSource: app, clock, logger, config, windows: new HostWindows(), lag: { totalMs: 0 } },
      metrics: new RunMetrics(registryOnce(registry)),
      loadChecks: (db, hostIds) => checks.loadChecks(db, hostIds),
      probe: (target) => prober.probe(target),
      record: (db, results) => recorder.record(db, results),
      wake: () => undefined,
      // Told, and not asked about for an hour.
      stepRun: async ({ id, ...claim }) => {
        dispatched.push({ id, ...claim });
        await app.query(
          "UPDATE patch_job_hosts SET next_step_at = next_step_at + interval '1 hour' WHERE id = $1",
          [id],
        );
      },
      ...parts,
    });
    workers.push(worker);
    return worker;
  };

  const listener = new Client(database.adminUrl);
  const heard: Notification[] = [];
  const listen = async (): Promise<void> => {
    await listener.connect();
    listener.on('notification', ({ payload = '' }) => heard.push(JSON.parse(payload) as Notification));
    await listener.query(`LISTEN ${channel}`);
  };
  const told = async (): Promise<Notification[]> => {
    // Notifications come in order, so what was sent before this one has come.
    await listener.query(`SELECT pg_notify('${channel}', '{"topic": "end", "ids": []}')`);
    await waitUntil(() => heard.findLast(({ topic }) => topic === 'end')!.ids, {
      timeoutMs: 5_000,
      everyMs: 10,
    });
    return heard.splice(0).filter(({ topic }) => topic !== 'end');
  };
  const run = async (id: string): Promise<RunRow> => {
    const [row] = await app.query<RunRow[]>(
      `SELECT ${runColumns.text} FROM patch_job_hosts r WHERE r.id = $1`,
      [id],
    );
    return row!;
  };
  return {
    ...{
      app,
      clock,
      shifted,
      recorder,
      answers,
      asked,
      services,
      lines,
      registry,
      dispatched,
      admin,
      url,
      config,
    },
    ...{ newWorker, run, checks, listen, told },
    database: databaseTime,
    worker: newWorker(),
    /** All that were made, with what they have under way. */
    stopWorkers: () => Promise.all(workers.splice(0).map((worker) => worker.stop())),
    hosts: async (count: number, checksEach = 1): Promise<string[]> => {
      const seeded = await seedHosts(app, { hosts: count, checksEach, url: (hostId) => `${url}/${hostId}` });
      const ids = seeded.map(({ id }) => id);
      await app.transaction((db) => recorder.checksChanged(db, ids));
      return ids;
    },
    job: (seed: Partial<GateJobSeed> & Pick<GateJobSeed, 'hostIds'>): Promise<SeededGateJob> => {
      const now = clock.now().getTime();
      return seedGateJob(app, {
        ...{ createdBy: admin, opensAt: new Date(now - minuteMs), closesAt: new Date(now + 60 * minuteMs) },
        ...seed,
      });
    },
    /** Ticks until the run looks like this. */
    until: async (worker: RunWorker, id: string, looks: (row: RunRow) => void): Promise<RunRow> =>
      waitUntil(
        async () => {
          await worker.tick();
          const row = await run(id);
          looks(row);
          return row;
        },
        { timeoutMs: 10_000, everyMs: 30 },
      ),
    /** Ticks until the target is being asked, which it leaves the test to let go. */
    untilAsked: (worker: RunWorker, target: { isAsked: () => boolean }): Promise<void> =>
      waitUntil(
        async () => {
          await worker.tick();
          if (!target.isAsked()) throw new Error('not asked yet');
        },
        { timeoutMs: 10_000, everyMs: 30 },
      ),
    rows: <Row>(text: string, values: unknown[] = []): Promise<Row[]> => app.query<Row[]>(text, values),
    clear: async (): Promise<void> => {
      await app.query('DELETE FROM patch_jobs');
      await app.query('DELETE FROM hosts');
      await app.query('DELETE FROM maintenance_windows');
      await app.query(`DELETE FROM settings WHERE key = 'gate.no_checks'`);
      answers.clear();
      asked.length = 0;
      dispatched.length = 0;
      lines.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await listener.end();
      await app.destroy();
      await database.drop();
    },
  };
}

export type Gate = Awaited<ReturnType<typeof openGate>>;

// One registry takes a metric once.
const registryOnce = (registry: Registry): Registry =>
  registry.getSingleMetric('runs') === undefined ? registry : new Registry();

/** What is kept of the attempts of a run, the first first. */
export const attemptsOf = (gate: Gate, runId: string) =>
  gate.rows<{
    attempt: number;
    outcome: string;
    held_by: string | null;
    override_by: string | null;
    override_reason: string | null;
    checks: { name: string; verdict: string; reason: string; detail: string }[];
  }>(
    `SELECT a.attempt, a.outcome, a.held_by, a.override_by, a.override_reason,
       (SELECT jsonb_agg(jsonb_build_object('name', k.name, 'verdict', k.verdict, 'reason', k.reason, 'detail', k.detail)
         ORDER BY k.position) FROM gate_attempt_checks k WHERE k.run_id = a.run_id AND k.attempt = a.attempt) AS checks
     FROM gate_attempts a WHERE a.run_id = $1 ORDER BY a.attempt`,
    [runId],
  );
