import { Module } from '@nestjs/common';
import { PatchRunsModule } from '../runs/patch-runs.module.js';
import { JobService } from './job.service.js';
import { PatchJobsController } from './patch-jobs.controller.js';

@Module({ imports: [PatchRunsModule], controllers: [PatchJobsController], providers: [JobService] })
export class JobsModule {}
