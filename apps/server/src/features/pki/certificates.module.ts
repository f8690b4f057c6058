import { Module } from '@nestjs/common';
import { AgentCertificateService } from './agent-certificate.service.js';
import { AuthorityService } from './authority.service.js';
import { ManagerCertificate } from './manager-certificate.js';
import { RevocationListService } from './revocation-list.service.js';

const services = [AuthorityService, AgentCertificateService, RevocationListService, ManagerCertificate];

/** What is signed by our own authority, for api and worker alike. */
@Module({ providers: services, exports: services })
export class CertificatesModule {}
