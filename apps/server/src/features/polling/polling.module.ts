import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { ProbingModule } from '../../platform/probing/probing.module.js';
import { PolledChecksModule } from '../health-checks/polled-checks.module.js';
import { ResultsModule } from '../results/results.module.js';
import { CountChecksTask } from './count-checks.task.js';
import { METRICS } from './metrics.token.js';
import { POLL_TICK, PollTask } from './poll.task.js';

@Module({})
export class PollingModule {
  static with({ metrics, tick }: { metrics: Registry; tick: TaskWatch }): DynamicModule {
    return {
      module: PollingModule,
      imports: [ProbingModule, PolledChecksModule, ResultsModule],
      providers: [
        { provide: METRICS, useValue: metrics },
        { provide: POLL_TICK, useValue: tick },
        CountChecksTask,
        PollTask,
      ],
    };
  }
}
