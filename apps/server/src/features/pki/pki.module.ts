import { Module } from '@nestjs/common';
import { CertificatesModule } from './certificates.module.js';
import { PkiController } from './pki.controller.js';

@Module({ imports: [CertificatesModule], controllers: [PkiController] })
export class PkiModule {}
