import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { ProbeContextModule } from '../../platform/probing/probe-context.module.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { CertificatesModule } from '../pki/certificates.module.js';
import { AGENT_METRICS, AGENT_TICK, AgentPollTask } from './agent-poll.task.js';
import { CertificateRenewal } from './certificate-renewal.js';

@Module({})
export class AgentPollingModule {
  static with({ metrics, tick }: { metrics: Registry; tick: TaskWatch }): DynamicModule {
    return {
      module: AgentPollingModule,
      imports: [ProbeContextModule, CertificatesModule],
      providers: [
        { provide: AGENT_METRICS, useValue: metrics },
        { provide: AGENT_TICK, useValue: tick },
        { provide: CertificateRenewal, useExisting: AgentCertificateService },
        AgentPollTask,
      ],
    };
  }
}
