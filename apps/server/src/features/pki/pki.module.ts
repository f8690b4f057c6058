import { Module } from '@nestjs/common';
import { AuthorityService } from './authority.service.js';
import { PkiController } from './pki.controller.js';

@Module({ controllers: [PkiController], providers: [AuthorityService] })
export class PkiModule {}
