import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.js';
import { CertificatesModule } from '../pki/certificates.module.js';
import { ResultsModule } from '../results/results.module.js';
import { HostService } from './host.service.js';
import { HostsController } from './hosts.controller.js';

@Module({
  imports: [GroupsModule, ResultsModule, CertificatesModule],
  controllers: [HostsController],
  providers: [HostService],
  exports: [HostService],
})
export class HostsModule {}
