import { Module } from '@nestjs/common';
import { WindowService } from './window.service.js';
import { WindowsController } from './windows.controller.js';

@Module({ controllers: [WindowsController], providers: [WindowService] })
export class WindowsModule {}
