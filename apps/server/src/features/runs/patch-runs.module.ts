import { Module } from '@nestjs/common';
import { PatchRunService } from './patch-run.service.js';
import { PatchRunsController } from './patch-runs.controller.js';
import { RunCommandService } from './run-command.service.js';

@Module({
  controllers: [PatchRunsController],
  providers: [PatchRunService, RunCommandService],
  exports: [PatchRunService],
})
export class PatchRunsModule {}
