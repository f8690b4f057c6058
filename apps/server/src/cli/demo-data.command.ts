import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiModule } from '../api.module.js';
import type { Config } from '../config/config.schema.js';
import { readConfig, requireUrl } from '../config/config.schema.js';
import { DemoClock } from '../features/demo/demo-clock.js';
import { demoServices } from '../features/demo/demo-services.js';
import type { EnrolledHost } from '../features/demo/enrol-demo-host.js';
import { fleetFile } from '../features/demo/fleet-file.js';
import { layOutDemo } from '../features/demo/lay-out-demo.js';
import { stoppedService, waitingHost } from '../features/demo/web-hosts.js';
import { SystemClock } from '../platform/clock/clock.js';
import { createDataSource } from '../platform/database/data-source.js';
import { createLogger } from '../platform/logger/logger.js';
import { NestLogger } from '../platform/logger/nest-logger.js';
import { openSecrets } from '../roles/open-secrets.js';
import type { Command } from './command.js';
import { demoPortsOf, filesOfDemo } from './demo-places.js';

/** `patchgate demo-data`: what `start --demo` fills its own database with, in a process that ends with it. */
export const demoData: Command = async (process) => {
  const config = readConfig(process.env);
  const { firstAdmin } = config;
  const files = filesOfDemo(config);
  if (config.demoFile !== files.api || firstAdmin === undefined)
    throw new Error('this lays out the database of a demo: `patchgate start --demo` runs it');
  const { control, ...ports } = demoPortsOf(process.env);
  const { hosts, authority } = await onEmptyDatabase(config, process, (services) =>
    layOutDemo(services, { admin: firstAdmin, ports }),
  );
  mkdirSync(path.dirname(files.fleet), { recursive: true, mode: 0o700 });
  const now = new SystemClock().now();
  const write = (file: string, content: object) =>
    writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  write(files.fleet, fleetFile({ hosts, ports, controlPort: control, authority, now }));
  write(files.api, { control_port: control, faults: faultsOf(hosts) });
  return 0;
};

const faultsOf = (hosts: readonly EnrolledHost[]) =>
  hosts
    .filter(({ plan }) => plan.fqdn === waitingHost)
    .map(({ id }) => ({ host_id: id, service: stoppedService }));

async function onEmptyDatabase<T>(
  config: Config,
  process: NodeJS.Process,
  work: (services: ReturnType<typeof demoServices>) => Promise<T>,
): Promise<T> {
  const logger = createLogger('demo-data', 'warn');
  const clock = new DemoClock(new SystemClock());
  const url = new URL(requireUrl(config.databaseUrl, 'DATABASE_URL'));
  // What is lost in a crash is made anew at the next start: no commit has to wait for the disk.
  url.searchParams.set('options', '-c synchronous_commit=off');
  const dataSource = createDataSource(url.href, { applicationName: 'patchgate demo-data' });
  await dataSource.initialize();
  try {
    const sealer = await openSecrets({ config, clock, dataSource }, process);
    const module = ApiModule.with({ config, clock, logger, dataSource }, sealer);
    const app = await NestFactory.createApplicationContext(
      module,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework's options are a plain object
      { logger: new NestLogger(logger), abortOnError: false },
    );
    try {
      const services = demoServices(app, clock);
      if (!(await services.setup.isNeeded())) throw new Error('there is an installation in this database');
      return await work(services);
    } finally {
      await app.close();
    }
  } finally {
    await dataSource.destroy();
  }
}
