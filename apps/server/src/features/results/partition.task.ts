import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { addPartitions, deleteFlips, dropPartitions } from './results.repository.js';

const hourMs = 3_600_000;
/** Ahead of time by far more than anybody sleeps: a missing one loses results. */
const aheadMs = 26 * hourMs;
const flipsKeptMs = 90 * 24 * hourMs;

/** Makes room for the results that come, and drops those whose time is over. Several workers may do it at once. */
@Injectable()
export class PartitionTask implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: Pick<Config, 'resultRetentionMs'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.run();
  }

  @Interval(5 * 60 * 1000)
  async run(): Promise<void> {
    const now = this.clock.now().getTime();
    const at = (ms: number) => new Date(now + ms);
    const db = this.dataSource.manager;
    try {
      await addPartitions(db, at(0), at(aheadMs));
      const dropped = await dropPartitions(db, at(-this.config.resultRetentionMs));
      if (dropped > 0) this.logger.info({ dropped }, 'old results dropped');
      await deleteFlips(db, at(-flipsKeptMs));
    } catch (error) {
      // A lock that was not free, or a database that is away: there is room for a day, and the next run is soon.
      this.logger.warn({ err: error }, 'partitions left as they are');
    }
  }
}
