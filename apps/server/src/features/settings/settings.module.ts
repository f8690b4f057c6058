import { Module } from '@nestjs/common';
import { SettingService } from './setting.service.js';

@Module({ providers: [SettingService], exports: [SettingService] })
export class SettingsModule {}
