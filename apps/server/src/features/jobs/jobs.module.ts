import { Module } from '@nestjs/common';
import { PatchRunsModule } from '../runs/patch-runs.module.js';
import { HostWindowsModule } from '../windows/host-windows.module.js';
import { JobCommandService } from './job-command.service.js';
import { JobService } from './job.service.js';
import { OrderService } from './order.service.js';
import { PatchJobsController } from './patch-jobs.controller.js';

@Module({
  imports: [PatchRunsModule, HostWindowsModule],
  controllers: [PatchJobsController],
  providers: [JobService, OrderService, JobCommandService],
})
export class JobsModule {}
