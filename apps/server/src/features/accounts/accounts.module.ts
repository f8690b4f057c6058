import { Module } from '@nestjs/common';
import { Authenticator } from '../../platform/http/authenticator.js';
import { ApiTokenService } from './api-token.service.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { PasswordHasher } from './password-hasher.js';
import { RateLimiter } from './rate-limiter.js';
import { RequestAuthenticator } from './request-authenticator.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SetupService } from './setup.service.js';
import { UserService } from './user.service.js';
import { UsersController } from './users.controller.js';

@Module({
  controllers: [SessionController, UsersController, ApiTokensController],
  providers: [
    PasswordHasher,
    RateLimiter,
    SessionService,
    SetupService,
    UserService,
    ApiTokenService,
    { provide: Authenticator, useClass: RequestAuthenticator },
  ],
  exports: [Authenticator, RateLimiter, SetupService, UserService],
})
export class AccountsModule {}
