import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ProbingModule } from '../../platform/probing/probing.module.js';
import { ExpectedAgentsModule } from '../agents/expected-agents.module.js';
import { PolledChecksModule } from '../health-checks/polled-checks.module.js';
import { ResultsModule } from '../results/results.module.js';
import { AcknowledgeRunsTask } from './acknowledge-runs.task.js';
import { FailPoints } from './fail-points.js';
import { ProbeAgain } from './probe-again.js';
import { RunSteps } from './run-steps.js';

/** What comes after the gate. */
@Module({})
export class RunStepsModule {
  static with(failPoints: FailPoints): DynamicModule {
    return {
      module: RunStepsModule,
      imports: [ProbingModule, PolledChecksModule, ResultsModule, ExpectedAgentsModule],
      providers: [{ provide: FailPoints, useValue: failPoints }, ProbeAgain, RunSteps, AcknowledgeRunsTask],
      exports: [RunSteps],
    };
  }
}
