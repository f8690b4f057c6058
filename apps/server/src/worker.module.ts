import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { TaskWatch } from '@patchgate/service-health';
import { SpentCredentialsTask } from './features/accounts/spent-credentials.task.js';
import { TICK, WorkerHeartbeat } from './features/workers/worker-heartbeat.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Platform } from './platform/platform.module.js';
import type { Sealer } from './platform/secrets/sealer.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';

@Module({})
export class WorkerModule {
  static with(platform: Platform, sealer: Sealer, tick: TaskWatch): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.with(platform), SecretsModule.with(sealer), ScheduleModule.forRoot()],
      providers: [{ provide: TICK, useValue: tick }, WorkerHeartbeat, SpentCredentialsTask],
    };
  }
}
