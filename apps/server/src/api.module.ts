import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { AccountsModule } from './features/accounts/accounts.module.js';
import { AgentConnectionsModule } from './features/agents/agent-connections.module.js';
import { AgentsModule } from './features/agents/agents.module.js';
import { AuditModule } from './features/audit/audit.module.js';
import type { DemoFile } from './features/demo/demo-file.js';
import { DemoModule } from './features/demo/demo.module.js';
import { EnrolmentModule } from './features/enrolment/enrolment.module.js';
import { EventsModule } from './features/events/events.module.js';
import { GroupsModule } from './features/groups/groups.module.js';
import { HealthChecksModule } from './features/health-checks/health-checks.module.js';
import { HostsModule } from './features/hosts/hosts.module.js';
import { JobsModule } from './features/jobs/jobs.module.js';
import { OverviewModule } from './features/overview/overview.module.js';
import { PkiModule } from './features/pki/pki.module.js';
import { PatchRunsModule } from './features/runs/patch-runs.module.js';
import { WindowsModule } from './features/windows/windows.module.js';
import { AccessGuard } from './platform/http/access.guard.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Platform } from './platform/platform.module.js';
import type { Sealer } from './platform/secrets/sealer.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';

const features = [
  AccountsModule,
  GroupsModule,
  HostsModule,
  HealthChecksModule,
  AgentConnectionsModule,
  AgentsModule,
  JobsModule,
  PatchRunsModule,
  OverviewModule,
  EventsModule,
  AuditModule,
  PkiModule,
  EnrolmentModule,
  WindowsModule,
];

@Module({})
export class ApiModule {
  /** @param demo null for a real installation */
  static with(platform: Platform, sealer: Sealer, demo: DemoFile | null = null): DynamicModule {
    const demoModules = demo === null ? [] : [DemoModule.with(demo)];
    return {
      module: ApiModule,
      imports: [PlatformModule.with(platform), SecretsModule.with(sealer), ...features, ...demoModules],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        {
          provide: APP_INTERCEPTOR,
          useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
          inject: [Reflector],
        },
      ],
    };
  }
}
