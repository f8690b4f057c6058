import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { TaskWatch } from '@patchgate/service-health';
import { DataSource } from 'typeorm';
import { Logger } from '../../platform/logger/logger.js';
import { newId } from '../../platform/ids/new-id.js';
import { recordSeen, removeWorker } from './worker.repository.js';

export const HEARTBEAT = Symbol('HEARTBEAT');

/** Tells the api processes every second that somebody polls. */
@Injectable()
export class WorkerHeartbeat implements BeforeApplicationShutdown {
  private readonly id = newId();
  private isRunning = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    @Inject(HEARTBEAT) private readonly watch: TaskWatch,
  ) {}

  @Interval(1_000)
  async beat(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.watch.begun();
    try {
      await recordSeen(this.dataSource.manager, this.id);
      this.watch.ended();
    } catch (error) {
      this.watch.failed(error);
      this.logger.warn({ err: error }, 'heartbeat failed');
    } finally {
      this.isRunning = false;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await removeWorker(this.dataSource.manager, this.id).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'worker row left behind');
    });
  }
}
