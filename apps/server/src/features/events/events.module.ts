import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { EventService } from './event.service.js';
import { EventsController } from './events.controller.js';

@Module({ imports: [AccountsModule], controllers: [EventsController], providers: [EventService] })
export class EventsModule {}
