import { NestFactory } from '@nestjs/core';
import { TaskWatch, taskCheck } from '@patchgate/service-health';
import { once } from 'node:events';
import { readConfig } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import { pollLagMs } from '../features/polling/due-hosts.repository.js';
import { pollLagCheck } from '../features/polling/poll-lag-check.js';
import { machineIdCheck } from '../features/enrolment/machine-id-check.js';
import { certificateCheck } from '../features/pki/certificate-check.js';
import { agentPollLagMs } from '../features/agents/due-agents.repository.js';
import { partitionCheck } from '../features/results/partition-check.js';
import { openDatabase } from '../platform/database/open-database.js';
import type { Db } from '../platform/database/query.js';
import { NestLogger } from '../platform/logger/nest-logger.js';
import { WorkerModule } from '../worker.module.js';
import { openSecrets } from './open-secrets.js';
import { openService } from './service.js';

/** The worker: no API, only its schedule and its health. */
export async function runWorker(process: NodeJS.Process): Promise<void> {
  const config = readConfig(process.env);
  const clock = new SystemClock();
  const tasks = { heartbeat: new TaskWatch(clock), tick: new TaskWatch(clock), agents: new TaskWatch(clock) };
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
    for (const [name, watch] of Object.entries(tasks)) {
      service.health.registry.add(taskCheck({ name, watch, clock, excusedBy: 'database' }));
    }
    for (const check of [partitionCheck, certificateCheck, machineIdCheck])
      service.health.registry.add(check(service.dataSource, clock));
    service.health.registry.add(
      pollLagCheck({
        read: () => latestLagMs(service.dataSource.manager),
        intervalMs: config.pollIntervalMs,
        onRead: (lagMs) => (pollLagSeconds = lagMs / 1000),
      }),
    );
    const module = WorkerModule.with(service, sealer, { ...tasks, metrics: service.metrics });
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
