import { NestFactory } from '@nestjs/core';
import { TaskWatch, taskCheck } from '@patchgate/service-health';
import { once } from 'node:events';
import { readConfig } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import { openDatabase } from '../platform/database/open-database.js';
import { NestLogger } from '../platform/logger/nest-logger.js';
import { WorkerModule } from '../worker.module.js';
import { openSecrets } from './open-secrets.js';
import { openService } from './service.js';

/** The worker: no API, only its schedule and its health. */
export async function runWorker(process: NodeJS.Process): Promise<void> {
  const config = readConfig(process.env);
  const tick = new TaskWatch(new SystemClock());
  const service = await openService({
    name: 'worker',
    process,
    config,
    managementPort: config.workerManagementPort,
    readFacts: () => ({ tickAgeSeconds: tick.ageSeconds() }),
  });
  try {
    await openDatabase({ ...service, signal: service.stopping });
    const sealer = await openSecrets(service, process);
    service.health.registry.add(
      taskCheck({ name: 'tick', watch: tick, clock: service.clock, excusedBy: 'database' }),
    );
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework's options are a plain object
    const app = await NestFactory.createApplicationContext(WorkerModule.with(service, sealer, tick), {
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
