import { Module } from '@nestjs/common';
import { HostWindows } from './host-windows.js';

@Module({ providers: [HostWindows], exports: [HostWindows] })
export class HostWindowsModule {}
