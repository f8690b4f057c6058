import { Module } from '@nestjs/common';
import { Prober } from '@patchgate/probes';
import type { ProbeContext, ServiceProbe } from '@patchgate/probes';
import { PROBE_CONTEXT, ProbeContextModule } from './probe-context.module.js';
import { SERVICE_PROBE } from './service-probe.token.js';

/** One prober for polls, tests and the gate of a process. */
@Module({
  imports: [ProbeContextModule],
  providers: [
    {
      provide: Prober,
      useFactory: (context: ProbeContext, services: ServiceProbe) => new Prober(context, services),
      inject: [PROBE_CONTEXT, SERVICE_PROBE],
    },
  ],
  exports: [Prober],
})
export class ProbingModule {}
