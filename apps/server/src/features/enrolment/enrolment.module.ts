import { Module } from '@nestjs/common';
import { HostsModule } from '../hosts/hosts.module.js';
import { CertificatesModule } from '../pki/certificates.module.js';
import { EnrollmentDecisionService } from './enrollment-decision.service.js';
import { EnrollmentService } from './enrollment.service.js';
import { EnrollmentTokensController } from './enrollment-tokens.controller.js';
import { EnrollmentTokensModule } from './enrollment-tokens.module.js';
import { EnrollmentsController } from './enrollments.controller.js';

@Module({
  imports: [HostsModule, CertificatesModule, EnrollmentTokensModule],
  controllers: [EnrollmentsController, EnrollmentTokensController],
  providers: [EnrollmentService, EnrollmentDecisionService],
})
export class EnrolmentModule {}
