import { Module } from '@nestjs/common';
import { HostWindowsModule } from './host-windows.module.js';
import { HostRunsModule } from '../runs/host-runs.module.js';
import { WindowService } from './window.service.js';
import { WindowsController } from './windows.controller.js';

@Module({
  imports: [HostRunsModule, HostWindowsModule],
  controllers: [WindowsController],
  providers: [WindowService],
  exports: [HostWindowsModule],
})
export class WindowsModule {}
