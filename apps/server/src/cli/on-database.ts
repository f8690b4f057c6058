import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import { assertAppRole } from '../platform/database/app-role.js';
import { createDataSource } from '../platform/database/data-source.js';
import { isDatabaseUnavailable } from '../platform/database/failure.js';
import { isSchemaCurrent } from '../platform/database/schema-state.js';
import { createLogger } from '../platform/logger/logger.js';
import { NestLogger } from '../platform/logger/nest-logger.js';
import { PlatformModule } from '../platform/platform.module.js';
import { runningAppUrl } from '../supervisor/running-postgres.js';

@Module({})
class CommandModule {}

/**
 * Runs a command with the services of a feature, on the database this installation uses, as the app role: what the
 * command changes goes through the same rules and into the same audit trail as a request.
 *
 * @throws Error saying what to do when the database does not answer or is older than this build
 */
export async function onDatabase<T>(
  env: NodeJS.ProcessEnv,
  feature: Type,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const logger = createLogger('cli', 'error');
  const dataSource = createDataSource(config.databaseUrl ?? runningAppUrl(config.dataDir), {
    applicationName: 'patchgate cli',
    poolSize: 2,
  });
  try {
    await dataSource.initialize();
    await assertAppRole(dataSource.manager);
    if (!(await isSchemaCurrent(dataSource.manager))) {
      throw new Error('the database is older than this Patchgate: run `patchgate migrate` first');
    }
    const platform = { config, clock: new SystemClock(), logger, dataSource };
    const app = await NestFactory.createApplicationContext(
      { module: CommandModule, imports: [PlatformModule.with(platform), feature] },
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework's options are a plain object
      { logger: new NestLogger(logger), abortOnError: false },
    );
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    throw new Error('the database does not answer: is Patchgate running?', { cause: error });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
