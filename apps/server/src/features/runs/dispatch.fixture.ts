import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { vi } from 'vitest';
import { readConfig } from '../../config/config.schema.js';
import { openSecrets } from '../../roles/open-secrets.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { newId } from '../../platform/ids/new-id.js';
import { createLogger } from '../../platform/logger/logger.js';
import { PlatformModule } from '../../platform/platform.module.js';
import { SecretsModule } from '../../platform/secrets/secrets.module.js';
import { AgentConnectionsModule } from '../agents/agent-connections.module.js';
import { startFleet } from '../agents/fleet.fixture.js';
import { CertificatesModule } from '../pki/certificates.module.js';
import { AcknowledgeRunsTask } from './acknowledge-runs.task.js';
import type { ClaimedRun } from './claimed-run.js';
import { FailPoints } from './fail-points.js';
import type { FailPoint } from './fail-points.js';
import { RunSteps } from './run-steps.js';
import { RunStepsModule } from './run-steps.module.js';
import { ShiftedClock } from './shifted-clock.fixture.js';

/** What a process that is killed there leaves, as far as one that lives on can leave it. */
class Died extends Error {}

class DyingAt extends FailPoints {
  point: FailPoint | null = null;
  readonly reached: FailPoint[] = [];

  reach(point: FailPoint): void {
    this.reached.push(point);
    if (this.point !== point) return;
    this.point = null;
    throw new Died(point);
  }
}

interface RunSeed {
  readonly hostId: string;
  readonly selection?: 'all' | 'security' | 'named';
  readonly packages?: readonly string[];
  readonly exclude?: readonly string[];
  readonly allowReboot?: boolean;
  readonly closesInMs?: number;
  /** As the attempt that opened the gate found them. */
  readonly checks?: readonly {
    readonly id: string;
    readonly name: string;
    readonly verdict?: 'pass' | 'fail';
  }[];
}

export type RunRecord = Record<string, unknown> & { status: string };

/** An installation with simulated agents, and runs whose gate has just opened; what a worker does next is up to the test. */
export async function openDispatch(environment: Record<string, string> = {}) {
  const under = await startFleet(environment);
  const { api, settings, fleet } = under;
  const config = readConfig({
    DATABASE_URL: api.database.appUrl,
    PATCHGATE_LOG_LEVEL: 'silent',
    ...settings,
  });
  const clock = new ShiftedClock();
  const failPoints = new DyingAt();
  const dataSource = await createDataSource(api.database.appUrl, { applicationName: 'test' }).initialize();
  const platform = { config, clock, dataSource, logger: createLogger('test', 'silent') };
  const sealer = await openSecrets(platform, process);

  @Module({
    imports: [
      PlatformModule.with(platform),
      SecretsModule.with(sealer),
      CertificatesModule,
      AgentConnectionsModule,
      RunStepsModule.with(failPoints),
    ],
  })
  class StepsUnderTest {}
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework's options are a plain object
  const open = () => NestFactory.createApplicationContext(StepsUnderTest, { logger: false });
  // Each has connections of its own, as two processes have.
  const [app, another] = [await open(), await open()];
  const steps = app.get(RunSteps);
  const acknowledge = app.get(AcknowledgeRunsTask);
  const admin = new Client(api.database.adminUrl);
  await admin.connect();
  const rows = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await admin.query(text, values)).rows as Row[];
  const run = async (id: string): Promise<RunRecord> =>
    (await rows<RunRecord>('SELECT * FROM patch_job_hosts WHERE id = $1', [id]))[0]!;
  /** As a worker claims it, whenever it is due. */
  const claim = async (id: string): Promise<ClaimedRun> => {
    const [claimed] = await rows<ClaimedRun>(
      `UPDATE patch_job_hosts SET fence = fence + 1, crash_count = crash_count + 1 WHERE id = $1
       RETURNING id, job_id AS "jobId", host_id AS "hostId", status, fence, false AS "isFirstSend"`,
      [id],
    );
    return claimed!;
  };
  const step = async (id: string): Promise<RunRecord> => {
    await steps.stepRun(await claim(id));
    return run(id);
  };
  return {
    ...{ ...under, clock, rows, run, claim, step, steps, reached: failPoints.reached },
    anotherWorker: another.get(RunSteps),
    /** A host that has listed the patches which the simulated agents have. */
    addHost: async (name: string, agent: object = {}): Promise<string> => {
      const hostId = await under.addHost(name, agent);
      const isOurs = !('dialect' in agent && agent.dialect === 'public');
      await rows('UPDATE host_agents SET inventory_at = now() WHERE host_id = $1', [hostId]);
      await rows(
        `INSERT INTO host_patches (host_id, name, current_version, available_version, security) VALUES
           ($1, 'openssl', $2, '3.0.15-1', $4), ($1, 'tzdata', $3, '2026b-0', $5)`,
        [hostId, ...(isOurs ? ['3.0.14-1', '2026a-0', true, false] : [null, null, null, null])],
      );
      return hostId;
    },
    addCheck: async (hostId: string, service = 'nginx'): Promise<{ id: string; name: string }> => {
      const body = { name: `${service} runs`, check_type: 'service', service_name: service };
      const { id } = await api.admin.post(`/hosts/${hostId}/health-checks`, body);
      return { id: id as string, name: body.name };
    },
    addRun: async (seed: RunSeed): Promise<string> => {
      const [id, jobId] = [newId(), newId()];
      const { hostId, checks = [], closesInMs = 3_600_000 } = seed;
      const now = clock.now();
      await rows(
        `INSERT INTO patch_jobs (id, name, created_by, created_at, schedule, deadline_at, selection, packages, exclude,
           group_ids, allow_reboot, canary, max_in_flight, max_failures)
         SELECT $1, 'job', id, $2, 'now', $2::timestamptz + interval '1 h', $3, $4, $5, '{}', $6, 0, 10, 0
         FROM users LIMIT 1`,
        [
          jobId,
          now,
          seed.selection ?? 'all',
          seed.packages ?? null,
          seed.exclude ?? [],
          seed.allowReboot ?? false,
        ],
      );
      await rows(
        `INSERT INTO patch_job_hosts (id, job_id, host_id, position, batch, status, attempt, last_outcome, window_opens_at,
           window_closes_at, dispatched_at, next_step_at)
         VALUES ($1, $2, $3, 0, 1, 'dispatching', 1, $4, $5, $6, $5, $5)`,
        [
          ...[id, jobId, hostId, checks.length === 0 ? 'no_checks' : 'pass', now],
          new Date(now.getTime() + closesInMs),
        ],
      );
      await rows(
        `INSERT INTO gate_attempts (run_id, attempt, started_at, ended_at, outcome) VALUES ($1, 1, $2, $2, $3)`,
        [id, now, checks.length === 0 ? 'no_checks' : 'pass'],
      );
      for (const [position, { id: checkId, name, verdict = 'pass' }] of checks.entries()) {
        await rows(
          `INSERT INTO gate_attempt_checks (run_id, attempt, check_id, position, name, verdict, reason, detail, latency_ms,
             checked_at) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, 5, $8)`,
          [
            ...[id, checkId, position, name, verdict, verdict === 'pass' ? 'ok' : 'service_unhealthy'],
            ...[verdict === 'pass' ? 'active (running)' : 'failed (failed)', now],
          ],
        );
      }
      return id;
    },
    /** Steps until the run is as expected. */
    until: (id: string, status: string): Promise<RunRecord> =>
      vi.waitFor(
        async () => {
          const record = await step(id);
          if (record.status !== status) throw new Error(`${record.status}: ${String(record['detail'])}`);
          return record;
        },
        { timeout: 20_000, interval: 30 },
      ),
    /** One step that dies there, as its process would. @returns whether it came there */
    dieAt: async (id: string, point: FailPoint): Promise<boolean> => {
      failPoints.point = point;
      const claimed = await claim(id);
      return steps.stepRun(claimed).then(
        () => {
          failPoints.point = null;
          return false;
        },
        (error: unknown) => {
          if (error instanceof Died) return true;
          throw error;
        },
      );
    },
    /** Opens the gate of a run that went back to it. */
    openGate: (id: string) =>
      rows(
        `UPDATE patch_job_hosts SET status = 'dispatching', dispatched_at = $2, next_attempt_at = NULL WHERE id = $1`,
        [id, clock.now()],
      ),
    /** The run waits for its turn, and its gate is closed. */
    closeGate: async (id: string): Promise<void> => {
      await rows('DELETE FROM gate_attempts WHERE run_id = $1', [id]);
      await rows(
        `UPDATE patch_job_hosts SET status = 'queued', attempt = 0, last_outcome = NULL, dispatched_at = NULL,
           next_step_at = NULL WHERE id = $1`,
        [id],
      );
    },
    acknowledgeLater: () => acknowledge.tick(),
    requestCancel: (id: string) =>
      rows('UPDATE patch_job_hosts SET cancel_requested_at = $2 WHERE id = $1', [id, clock.now()]),
    job: async (id: string) =>
      (
        await rows('SELECT j.* FROM patch_jobs j JOIN patch_job_hosts r ON r.job_id = j.id WHERE r.id = $1', [
          id,
        ])
      )[0],
    log: async (id: string): Promise<string[]> =>
      (await rows<{ line: string }>('SELECT line FROM run_log WHERE run_id = $1 ORDER BY seq', [id])).map(
        ({ line }) => line,
      ),
    /** How often the packages of a host were really changed, or what else really happened. */
    deeds: (hostId: string, deed = 'transaction_started') =>
      fleet.deeds().filter((done) => done.host_id === hostId && done.deed === deed),
    close: async () => {
      await admin.end();
      await app.close();
      await another.close();
      await dataSource.destroy();
      await under.close();
    },
  };
}
export type DispatchUnderTest = Awaited<ReturnType<typeof openDispatch>>;
