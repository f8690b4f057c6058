import { Module } from '@nestjs/common';
import { TrustAnchorModule } from '../pki/trust-anchor.module.js';
import { EnrollmentTokenService } from './enrollment-token.service.js';

/** Apart from the rest of enrolment, because the console makes tokens without any key. */
@Module({
  imports: [TrustAnchorModule],
  providers: [EnrollmentTokenService],
  exports: [EnrollmentTokenService],
})
export class EnrollmentTokensModule {}
