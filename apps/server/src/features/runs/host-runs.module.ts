import { Module } from '@nestjs/common';
import { HostWindowsModule } from '../windows/host-windows.module.js';
import { HostRuns } from './host-runs.js';
import { ReplanRuns } from './replan-runs.js';

/** What other features ask about the runs of hosts, or tell them. */
@Module({ imports: [HostWindowsModule], providers: [HostRuns, ReplanRuns], exports: [HostRuns, ReplanRuns] })
export class HostRunsModule {}
