import { Module } from '@nestjs/common';
import { ExpectedAgentsModule } from '../agents/expected-agents.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { CertificatesModule } from '../pki/certificates.module.js';
import { ResultsModule } from '../results/results.module.js';
import { HostRunsModule } from '../runs/host-runs.module.js';
import { HostService } from './host.service.js';
import { HostsController } from './hosts.controller.js';

@Module({
  imports: [GroupsModule, ResultsModule, CertificatesModule, ExpectedAgentsModule, HostRunsModule],
  controllers: [HostsController],
  providers: [HostService],
  exports: [HostService],
})
export class HostsModule {}
