import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.token.js';
import type { Config } from '../config/config.schema.js';
import { Clock } from './clock/clock.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { RateLimiter } from './limits/rate-limiter.js';
import { Logger } from './logger/logger.js';

export interface Platform {
  config: Config;
  clock: Clock;
  logger: Logger;
  dataSource: DataSource;
}

/** What every feature stands on, made before the container so that health can be told while the database is not there. */
@Module({})
export class PlatformModule {
  static with({ config, clock, logger, dataSource }: Platform): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: Logger, useValue: logger },
      { provide: DataSource, useValue: dataSource },
      UnitOfWork,
      RateLimiter,
    ];
    return { module: PlatformModule, global: true, providers, exports: providers };
  }
}
