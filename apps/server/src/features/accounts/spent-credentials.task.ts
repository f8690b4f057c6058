import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Logger } from '../../platform/logger/logger.js';
import { deleteSpentCredentials } from './spent-credentials.js';

/** In the worker, several of which may do it at once. */
@Injectable()
export class SpentCredentialsTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
  ) {}

  @Interval(10 * 60 * 1000)
  async run(): Promise<void> {
    try {
      const rows = await deleteSpentCredentials(this.dataSource.manager);
      if (rows > 0) this.logger.info({ rows }, 'spent credentials deleted');
    } catch (error) {
      this.logger.warn({ err: error }, 'spent credentials left behind');
    }
  }
}
