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
import { WatchedLoop } from '../../platform/schedule/watched-loop.js';
import { PolledChecks } from '../health-checks/polled-checks.js';
import { wakeRecovered } from '../runs/wake-runs.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { METRICS } from './metrics.token.js';
import { PollMetrics } from './poll-metrics.js';
import { Poller } from './poller.js';

export const POLL_TICK = Symbol('POLL_TICK');

/**
 * Counted by checks and not by hosts: of 1,667 a second (500,000 in five minutes, measured) one in two may then hang for
 * its whole deadline before the others have to wait.
 */
const mostChecks = 10_000;

/** The tick of the worker: once a second it writes what was measured and takes what is due. */
@Injectable()
export class PollTask implements BeforeApplicationShutdown {
  private readonly loop: WatchedLoop;

  constructor(
    dataSource: DataSource,
    clock: Clock,
    logger: Logger,
    @Inject(CONFIG) config: Pick<Config, 'pollIntervalMs' | 'checkTimeoutMs'>,
    @Inject(METRICS) metrics: Registry,
    @Inject(POLL_TICK) watch: TaskWatch,
    checks: PolledChecks,
    recorder: ResultRecorder,
    prober: Prober,
  ) {
    const poller = new Poller({
      ...{ dataSource, clock, logger },
      metrics: new PollMetrics(metrics, () => watch.ageSeconds()),
      loadChecks: (db, hostIds) => checks.loadChecks(db, hostIds),
      probe: (target) => prober.probe(target),
      record: (db, results) => recorder.record(db, results),
      changed: (hostIds) => wakeRecovered(dataSource.manager, hostIds, clock.now()),
      intervalMs: config.pollIntervalMs,
      deadlineMs: config.checkTimeoutMs,
      mostChecks,
    });
    this.loop = new WatchedLoop(poller, { watch, logger, what: 'polling of checks' });
  }

  @Interval(1_000)
  tick(): Promise<void> {
    return this.loop.tick();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }
}
