import { Module } from '@nestjs/common';
import { TrustAnchor } from './trust-anchor.js';

@Module({ providers: [TrustAnchor], exports: [TrustAnchor] })
export class TrustAnchorModule {}
