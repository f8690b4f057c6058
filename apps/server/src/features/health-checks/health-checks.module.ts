import { Module } from '@nestjs/common';
import { ProbingModule } from '../../platform/probing/probing.module.js';
import { ResultsModule } from '../results/results.module.js';
import { HostRunsModule } from '../runs/host-runs.module.js';
import { CheckHistoryService } from './check-history.service.js';
import { CopyHealthChecksService } from './copy-health-checks.service.js';
import { HealthCheckService } from './health-check.service.js';
import { HealthChecksController } from './health-checks.controller.js';
import { TestHealthCheckService } from './test-health-check.service.js';

@Module({
  imports: [ProbingModule, ResultsModule, HostRunsModule],
  controllers: [HealthChecksController],
  providers: [HealthCheckService, CopyHealthChecksService, TestHealthCheckService, CheckHistoryService],
})
export class HealthChecksModule {}
