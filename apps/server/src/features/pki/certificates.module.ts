import { Module } from '@nestjs/common';
import { ExpectedAgentsModule } from '../agents/expected-agents.module.js';
import { AgentCertificateService } from './agent-certificate.service.js';
import { AuthorityService } from './authority.service.js';
import { ManagerCertificate } from './manager-certificate.js';
import { RevocationListService } from './revocation-list.service.js';

const services = [AuthorityService, AgentCertificateService, RevocationListService, ManagerCertificate];

/** What is signed by our own authority, for api and worker alike. */
@Module({ imports: [ExpectedAgentsModule], providers: services, exports: services })
export class CertificatesModule {}
