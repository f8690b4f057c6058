import { Module } from '@nestjs/common';
import { PatchRunService } from './patch-run.service.js';
import { PatchRunsController } from './patch-runs.controller.js';

@Module({ controllers: [PatchRunsController], providers: [PatchRunService], exports: [PatchRunService] })
export class PatchRunsModule {}
