import { Module } from '@nestjs/common';
import { HostRunsModule } from '../runs/host-runs.module.js';
import { GroupService } from './group.service.js';
import { GroupsController } from './groups.controller.js';

@Module({
  imports: [HostRunsModule],
  controllers: [GroupsController],
  providers: [GroupService],
  exports: [GroupService],
})
export class GroupsModule {}
