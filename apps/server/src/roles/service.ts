import {
  Activity,
  ReadinessReaders,
  ServiceHealth,
  eventLoopCheck,
  healthMetrics,
  memoryCheck,
  startManagementListener,
} from '@patchgate/service-health';
import type { ReadFacts, Registry } from '@patchgate/service-health';
import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import type { Clock } from '../platform/clock/clock.js';
import { createDataSource } from '../platform/database/data-source.js';
import { databaseCheck } from '../platform/database/database-check.js';
import { createLogger } from '../platform/logger/logger.js';
import type { Logger } from '../platform/logger/logger.js';
import { requireUrl } from '../config/config.schema.js';

export interface Service {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dataSource: DataSource;
  readonly health: ServiceHealth;
  readonly activity: Activity;
  /** Those who poll readiness, whom a stop waits for. */
  readonly readers: ReadinessReaders;
  readonly metrics: Registry;
  /** Aborts when the process is asked to stop. */
  readonly stopping: AbortSignal;
  close(): Promise<void>;
}

interface ServiceOptions {
  name: 'api' | 'worker';
  process: NodeJS.Process;
  config: Config;
  managementPort: number;
  readFacts?: ReadFacts;
}

/**
 * What both roles begin with, in the order that lets a person see why a start takes long: health can be asked before
 * there is a database.
 *
 * @throws ManagementBindError when nobody could ask
 */
export async function openService({
  name,
  process,
  config,
  managementPort,
  readFacts,
}: ServiceOptions): Promise<Service> {
  const clock = new SystemClock();
  const activity = new Activity(clock);
  const readers = new ReadinessReaders(clock);
  const logger = createLogger(name, config.logLevel, { onError: (error) => activity.errorSeen(error) });
  const dataSource = createDataSource(requireUrl(config.databaseUrl, 'DATABASE_URL'), {
    applicationName: `patchgate ${name}`,
  });
  const health = new ServiceHealth({
    clock,
    log: logger,
    readFacts: () => ({ ...activity.read(), ...readFacts?.() }),
  });
  const metrics = healthMetrics(health);
  const eventLoop = eventLoopCheck();
  for (const check of [databaseCheck(dataSource), memoryCheck(process), eventLoop])
    health.registry.add(check);
  const management = await startManagementListener({
    health,
    metrics,
    readers,
    log: logger,
    host: config.managementHost,
    port: managementPort,
  });
  health.start();
  return {
    config,
    clock,
    logger,
    dataSource,
    health,
    activity,
    readers,
    metrics,
    stopping: stopSignal(process),
    close: async () => {
      eventLoop.close();
      health.stop();
      await management.close();
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
}

function stopSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => controller.abort());
  return controller.signal;
}
