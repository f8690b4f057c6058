import { Global, Module } from '@nestjs/common';
import { ProbeContextModule } from '../../platform/probing/probe-context.module.js';
import { SERVICE_PROBE } from '../../platform/probing/service-probe.token.js';
import { CertificatesModule } from '../pki/certificates.module.js';
import { AgentServiceProbe } from './agent-service-probe.js';
import { AgentSessions } from './agent-sessions.js';
import { AgentTrust } from './agent-trust.js';
import { CurrentTrust } from './current-trust.js';
import { ManagerAgentTrust } from './manager-agent-trust.js';

/** Whatever a process asks of agents goes through here. Global, because the platform's prober asks for one part of it. */
@Global()
@Module({
  imports: [ProbeContextModule, CertificatesModule],
  providers: [
    { provide: AgentTrust, useClass: ManagerAgentTrust },
    CurrentTrust,
    AgentSessions,
    { provide: SERVICE_PROBE, useClass: AgentServiceProbe },
  ],
  exports: [AgentSessions, SERVICE_PROBE],
})
export class AgentConnectionsModule {}
