import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HostsModule } from '../hosts/hosts.module.js';
import type { DemoFile } from './demo-file.js';
import { DemoController } from './demo.controller.js';
import { DEMO_FILE, DemoService } from './demo.service.js';

/** Part of an api only when it was started with `--demo`. */
@Module({})
export class DemoModule {
  static with(demo: DemoFile): DynamicModule {
    return {
      module: DemoModule,
      imports: [HostsModule],
      controllers: [DemoController],
      providers: [{ provide: DEMO_FILE, useValue: demo }, DemoService],
    };
  }
}
