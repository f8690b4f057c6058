import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { SpentCredentialsTask } from './features/accounts/spent-credentials.task.js';
import { AgentConnectionsModule } from './features/agents/agent-connections.module.js';
import { AgentPollingModule } from './features/agents/agent-polling.module.js';
import { HEARTBEAT, WorkerHeartbeat } from './features/workers/worker-heartbeat.js';
import type { FailPoints } from './features/runs/fail-points.js';
import { RunsModule } from './features/runs/runs.module.js';
import { PollingModule } from './features/polling/polling.module.js';
import { SpentEnrolmentsTask } from './features/enrolment/spent-enrolments.task.js';
import { CertificateUpkeepTask } from './features/pki/certificate-upkeep.task.js';
import { CertificatesModule } from './features/pki/certificates.module.js';
import { PartitionTask } from './features/results/partition.task.js';
import type { DatabaseClock } from './platform/clock/database-clock.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Platform } from './platform/platform.module.js';
import type { Sealer } from './platform/secrets/sealer.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';

interface WorkerTasks {
  heartbeat: TaskWatch;
  tick: TaskWatch;
  agents: TaskWatch;
  runs: TaskWatch;
  failPoints: FailPoints;
  metrics: Registry;
}

@Module({})
export class WorkerModule {
  static with(
    platform: Platform & { clock: DatabaseClock },
    sealer: Sealer,
    { heartbeat, agents, runs, failPoints, ...polling }: WorkerTasks,
  ): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with(platform),
        SecretsModule.with(sealer),
        ScheduleModule.forRoot(),
        CertificatesModule,
        AgentConnectionsModule,
        PollingModule.with(polling),
        AgentPollingModule.with({ metrics: polling.metrics, tick: agents }),
        RunsModule.with({ metrics: polling.metrics, tick: runs, clock: platform.clock, failPoints }),
      ],
      providers: [
        { provide: HEARTBEAT, useValue: heartbeat },
        WorkerHeartbeat,
        SpentCredentialsTask,
        PartitionTask,
        CertificateUpkeepTask,
        SpentEnrolmentsTask,
      ],
    };
  }
}
