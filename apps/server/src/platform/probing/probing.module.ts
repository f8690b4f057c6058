import { Module } from '@nestjs/common';
import { Prober } from '@patchgate/probes';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../clock/clock.js';
import { Logger } from '../logger/logger.js';
import { openProber } from './open-prober.js';

/** One prober for polls, tests and the gate of a process. */
@Module({
  providers: [{ provide: Prober, useFactory: openProber, inject: [CONFIG, Clock, Logger] }],
  exports: [Prober],
})
export class ProbingModule {}
