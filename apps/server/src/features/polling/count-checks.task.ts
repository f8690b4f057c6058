import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Gauge } from '@patchgate/service-health';
import type { Registry } from '@patchgate/service-health';
import { Logger } from '../../platform/logger/logger.js';
import { CheckCounts } from '../results/check-counts.js';
import { METRICS } from './metrics.token.js';

/** Tells Prometheus once a minute what is known of all checks. Each worker counts all of them. */
@Injectable()
export class CountChecksTask implements OnApplicationBootstrap {
  private readonly checks: Gauge<'status'>;

  constructor(
    private readonly counts: CheckCounts,
    private readonly logger: Logger,
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
    try {
      const counts = await this.counts.ofNow();
      for (const [status, count] of Object.entries(counts)) this.checks.set({ status }, count);
    } catch (error) {
      // No number is better than one of before.
      this.checks.reset();
      this.logger.warn({ err: error }, 'checks not counted');
    }
  }
}
