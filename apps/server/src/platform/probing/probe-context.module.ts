import { Module } from '@nestjs/common';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../clock/clock.js';
import { Logger } from '../logger/logger.js';
import { openProbeContext } from './open-probe-context.js';

/** A `ProbeContext`: one policy, one deadline, one set of permits for whatever a process asks of hosts. */
export const PROBE_CONTEXT = Symbol('PROBE_CONTEXT');

@Module({
  providers: [{ provide: PROBE_CONTEXT, useFactory: openProbeContext, inject: [CONFIG, Clock, Logger] }],
  exports: [PROBE_CONTEXT],
})
export class ProbeContextModule {}
