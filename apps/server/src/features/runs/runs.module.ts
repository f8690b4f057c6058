import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { DatabaseClock } from '../../platform/clock/database-clock.js';
import { ProbingModule } from '../../platform/probing/probing.module.js';
import { PolledChecksModule } from '../health-checks/polled-checks.module.js';
import { ResultsModule } from '../results/results.module.js';
import { HostWindowsModule } from '../windows/host-windows.module.js';
import type { StepRun } from './claimed-run.js';
import type { FailPoints } from './fail-points.js';
import { RunSteps } from './run-steps.js';
import { RunStepsModule } from './run-steps.module.js';
import { RUNS_METRICS, RUNS_TICK, RunsTask, STEP_RUN } from './runs.task.js';

interface RunsParts {
  readonly metrics: Registry;
  readonly tick: TaskWatch;
  readonly clock: DatabaseClock;
  readonly failPoints: FailPoints;
}

/** What the worker does for runs; their routes are `PatchRunsModule`. */
@Module({})
export class RunsModule {
  static with({ metrics, tick, clock, failPoints }: RunsParts): DynamicModule {
    return {
      module: RunsModule,
      imports: [
        ProbingModule,
        PolledChecksModule,
        ResultsModule,
        HostWindowsModule,
        RunStepsModule.with(failPoints),
      ],
      providers: [
        { provide: RUNS_METRICS, useValue: metrics },
        { provide: RUNS_TICK, useValue: tick },
        { provide: DatabaseClock, useValue: clock },
        {
          provide: STEP_RUN,
          inject: [RunSteps],
          useFactory:
            (steps: RunSteps): StepRun =>
            (claim) =>
              steps.stepRun(claim),
        },
        RunsTask,
      ],
    };
  }
}
