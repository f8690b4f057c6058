import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { DatabaseClock } from '../../platform/clock/database-clock.js';
import { ProbingModule } from '../../platform/probing/probing.module.js';
import { PolledChecksModule } from '../health-checks/polled-checks.module.js';
import { ResultsModule } from '../results/results.module.js';
import { HostWindowsModule } from '../windows/host-windows.module.js';
import { RUNS_METRICS, RUNS_TICK, RunsTask } from './runs.task.js';

interface RunsParts {
  readonly metrics: Registry;
  readonly tick: TaskWatch;
  readonly clock: DatabaseClock;
}

/** What the worker does for runs; their routes are `PatchRunsModule`. */
@Module({})
export class RunsModule {
  static with({ metrics, tick, clock }: RunsParts): DynamicModule {
    return {
      module: RunsModule,
      imports: [ProbingModule, PolledChecksModule, ResultsModule, HostWindowsModule],
      providers: [
        { provide: RUNS_METRICS, useValue: metrics },
        { provide: RUNS_TICK, useValue: tick },
        { provide: DatabaseClock, useValue: clock },
        RunsTask,
      ],
    };
  }
}
