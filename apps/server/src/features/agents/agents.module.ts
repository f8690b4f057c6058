import { Module } from '@nestjs/common';
import { HostsModule } from '../hosts/hosts.module.js';
import { AgentService } from './agent.service.js';
import { AgentsController } from './agents.controller.js';

@Module({
  imports: [HostsModule],
  controllers: [AgentsController],
  providers: [AgentService],
  exports: [AgentService],
})
export class AgentsModule {}
