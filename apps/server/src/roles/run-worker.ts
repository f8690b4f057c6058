import { NestFactory } from '@nestjs/core';
import { Gauge, TaskWatch, taskCheck } from '@patchgate/service-health';
import { once } from 'node:events';
import { readConfig } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import { clockCheck } from '../platform/clock/clock-check.js';
import { DatabaseClock } from '../platform/clock/database-clock.js';
import { readDatabaseTime } from '../platform/clock/read-database-time.js';
import { pollLagMs } from '../features/polling/due-hosts.repository.js';
import { pollLagCheck } from '../features/polling/poll-lag-check.js';
import { machineIdCheck } from '../features/enrolment/machine-id-check.js';
import { certificateCheck } from '../features/pki/certificate-check.js';
import { agentPollLagMs } from '../features/agents/due-agents.repository.js';
import { partitionCheck } from '../features/results/partition-check.js';
import { NoFailPoints } from '../features/runs/fail-points.js';
import type { FailPoints } from '../features/runs/fail-points.js';
import { openDatabase } from '../platform/database/open-database.js';
import type { Db } from '../platform/database/query.js';
import { NestLogger } from '../platform/logger/nest-logger.js';
import { WorkerModule } from '../worker.module.js';
import { openSecrets } from './open-secrets.js';
import { openService } from './service.js';

/** The worker: no API, only its schedule and its health. */
export async function runWorker(
  process: NodeJS.Process,
  failPoints: FailPoints = new NoFailPoints(),
): Promise<void> {
  const config = readConfig(process.env);
  const local = new SystemClock();
  const tasks = {
    heartbeat: new TaskWatch(local),
    tick: new TaskWatch(local),
    agents: new TaskWatch(local),
    runs: new TaskWatch(local),
  };
  let pollLagSeconds: number | null = null;
  const service = await openService({
    name: 'worker',
    process,
    config,
    managementPort: config.workerManagementPort,
    readFacts: () => ({ tickAgeSeconds: tasks.tick.ageSeconds(), pollLagSeconds }),
  });
  try {
    await openDatabase({ ...service, signal: service.stopping });
    const sealer = await openSecrets(service, process);
    const clock = await DatabaseClock.open(local, () => readDatabaseTime(service.dataSource.manager));
    service.health.registry.add(clockCheck(clock));
    for (const [name, watch] of Object.entries(tasks)) {
      service.health.registry.add(taskCheck({ name, watch, clock, excusedBy: 'database' }));
    }
    const room = new Gauge({
      name: 'result_partitions_ahead_seconds',
      help: 'For how long there is room for results.',
      registers: [service.metrics],
    });
    const { dataSource } = service;
    service.health.registry.add(
      partitionCheck({ dataSource, clock, onRead: (aheadMs) => room.set(aheadMs / 1000) }),
    );
    for (const check of [certificateCheck, machineIdCheck]) {
      service.health.registry.add(check(dataSource, clock));
    }
    service.health.registry.add(
      pollLagCheck({
        read: () => latestLagMs(service.dataSource.manager),
        intervalMs: config.pollIntervalMs,
        onRead: (lagMs) => (pollLagSeconds = lagMs / 1000),
      }),
    );
    const module = WorkerModule.with({ ...service, clock }, sealer, {
      ...tasks,
      failPoints,
      metrics: service.metrics,
    });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework's options are a plain object
    const app = await NestFactory.createApplicationContext(module, {
      logger: new NestLogger(service.logger),
      abortOnError: false,
    });
    await service.health.refresh();
    service.health.serving();
    service.logger.info({}, 'worker ready');
    if (!service.stopping.aborted) await once(service.stopping, 'abort');
    service.health.draining();
    await app.close();
  } finally {
    await service.close();
  }
}

/** Of the checks and the agents that wait to be polled, the one that waits longest. */
const latestLagMs = async (db: Db): Promise<number> =>
  Math.max(...(await Promise.all([pollLagMs(db), agentPollLagMs(db)])));
