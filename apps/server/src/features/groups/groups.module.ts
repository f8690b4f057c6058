import { Module } from '@nestjs/common';
import { GroupService } from './group.service.js';
import { GroupsController } from './groups.controller.js';

@Module({ controllers: [GroupsController], providers: [GroupService], exports: [GroupService] })
export class GroupsModule {}
