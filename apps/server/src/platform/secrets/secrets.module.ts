import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Sealer } from './sealer.js';

/** The opened keys. Apart from the platform, because a command at the console needs no keys and must run without. */
@Module({})
export class SecretsModule {
  static with(sealer: Sealer): DynamicModule {
    const providers = [{ provide: Sealer, useValue: sealer }];
    return { module: SecretsModule, global: true, providers, exports: providers };
  }
}
