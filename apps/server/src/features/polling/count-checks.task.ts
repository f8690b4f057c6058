import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Gauge } from '@patchgate/service-health';
import type { Registry } from '@patchgate/service-health';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { countChecks } from '../results/roll-up.repository.js';
import { METRICS } from './metrics.token.js';

/** Tells Prometheus once a minute what is known of all checks. Each worker counts all of them. */
@Injectable()
export class CountChecksTask implements OnApplicationBootstrap {
  private readonly checks: Gauge<'status'>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly recorder: ResultRecorder,
    @Inject(METRICS) registry: Registry,
  ) {
    this.checks = new Gauge({
      name: 'check_state',
      help: 'Enabled checks by what is known of them; the same from each worker.',
      labelNames: ['status'],
      registers: [registry],
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.run();
  }

  @Interval(60_000)
  async run(): Promise<void> {
    const time = { now: this.clock.now(), freshMs: this.recorder.freshMs };
    try {
      const counts = await countChecks(this.dataSource.manager, time);
      for (const [status, count] of Object.entries(counts)) this.checks.set({ status }, count);
    } catch (error) {
      // No number is better than one of before.
      this.checks.reset();
      this.logger.warn({ err: error }, 'checks not counted');
    }
  }
}
