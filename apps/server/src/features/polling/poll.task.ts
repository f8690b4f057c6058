import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Prober } from '@patchgate/probes';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { PolledChecks } from '../health-checks/polled-checks.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { PollMetrics } from './poll-metrics.js';
import { Poller } from './poller.js';

export const POLL_TICK = Symbol('POLL_TICK');
export const METRICS = Symbol('METRICS');

/**
 * Counted by checks and not by hosts: of 1,667 a second (500,000 in five minutes, measured) one in two may then hang for
 * its whole deadline before the others have to wait.
 */
const mostChecks = 10_000;

/** The tick of the worker: once a second it writes what was measured and takes what is due. */
@Injectable()
export class PollTask implements BeforeApplicationShutdown {
  private readonly poller: Poller;
  private isRunning = false;

  constructor(
    dataSource: DataSource,
    clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) config: Pick<Config, 'pollIntervalMs' | 'checkTimeoutMs'>,
    @Inject(METRICS) metrics: Registry,
    @Inject(POLL_TICK) private readonly watch: TaskWatch,
    checks: PolledChecks,
    recorder: ResultRecorder,
    prober: Prober,
  ) {
    this.poller = new Poller({
      ...{ dataSource, clock, logger },
      metrics: new PollMetrics(metrics, () => watch.ageSeconds()),
      loadChecks: (db, hostIds) => checks.loadChecks(db, hostIds),
      probe: (target) => prober.probe(target),
      record: (db, results) => recorder.record(db, results),
      intervalMs: config.pollIntervalMs,
      deadlineMs: config.checkTimeoutMs,
      mostChecks,
    });
  }

  @Interval(1_000)
  async tick(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.watch.begun();
    try {
      await this.poller.tick();
      this.watch.ended();
    } catch (error) {
      this.watch.failed(error);
      this.logger.warn({ err: error }, 'poll tick failed');
    } finally {
      this.isRunning = false;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    try {
      await this.poller.stop();
    } catch (error) {
      // What could not be given back is due again when its lease ends.
      this.logger.warn({ err: error }, 'polls left to their leases');
    }
  }
}
