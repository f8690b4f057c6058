import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { forgetSpent } from './enrollment.repository.js';
import { forgetServerKeys } from './server-key.js';

/** In the worker, several of which may do it at once. */
@Injectable()
export class SpentEnrolmentsTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  @Interval(60 * 1000)
  async run(): Promise<void> {
    try {
      await forgetServerKeys(this.dataSource.manager, this.clock.now());
      const rows = await forgetSpent(this.dataSource.manager, this.clock.now());
      if (rows > 0) this.logger.info({ rows }, 'spent enrolments deleted');
    } catch (error) {
      this.logger.warn({ err: error }, 'spent enrolments left behind');
    }
  }
}
