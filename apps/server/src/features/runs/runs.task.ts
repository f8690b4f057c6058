import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Prober } from '@patchgate/probes';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { DatabaseClock } from '../../platform/clock/database-clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { WatchedLoop } from '../../platform/schedule/watched-loop.js';
import { PolledChecks } from '../health-checks/polled-checks.js';
import { LoopLag } from '../polling/loop-lag.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { HostWindows } from '../windows/host-windows.js';
import type { StepRun } from './claimed-run.js';
import { RunMetrics } from './run-metrics.js';
import { RunWorker } from './run-worker.js';

export const RUNS_TICK = Symbol('RUNS_TICK');
export const RUNS_METRICS = Symbol('RUNS_METRICS');
/** A `StepRun`. */
export const STEP_RUN = Symbol('STEP_RUN');

/** What is asked for in the meantime is done together. */
const wakeMs = 50;

/** The tick of the runs: once a second, and soon after something has become possible. */
@Injectable()
export class RunsTask implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly loop: WatchedLoop;
  private readonly worker: RunWorker;
  private readonly lag: LoopLag;
  private wakeTimer: NodeJS.Timeout | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    dataSource: DataSource,
    clock: DatabaseClock,
    private readonly logger: Logger,
    @Inject(CONFIG) { runs: config }: Pick<Config, 'runs'>,
    @Inject(RUNS_METRICS) registry: Registry,
    @Inject(RUNS_TICK) watch: TaskWatch,
    windows: HostWindows,
    checks: PolledChecks,
    recorder: ResultRecorder,
    prober: Prober,
    @Inject(STEP_RUN) stepRun: StepRun,
  ) {
    this.lag = new LoopLag(() => clock.monotonicMs());
    this.worker = new RunWorker({
      ...{ dataSource, clock, logger, config, windows, stepRun, lag: this.lag },
      metrics: new RunMetrics(registry),
      loadChecks: (db, hostIds) => checks.loadChecks(db, hostIds),
      probe: (target) => prober.probe(target),
      record: (db, results) => recorder.record(db, results),
      wake: () => this.wake(),
    });
    this.loop = new WatchedLoop(this.worker, { watch, logger, what: 'runs' });
  }

  @Interval(1_000)
  tick(): Promise<void> {
    return this.loop.tick();
  }

  @Interval(5_000)
  async renew(): Promise<void> {
    try {
      await this.worker.renew();
    } catch (error) {
      // Whoever takes a run whose lease has ended raises its fence: nothing is done twice.
      this.logger.warn({ err: error }, 'leases of runs were not renewed');
    }
  }

  /** Comes before any other part of the process begins to wait for its work: from now on nothing is claimed. */
  onModuleDestroy(): void {
    clearTimeout(this.wakeTimer);
    this.stopping = this.loop.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopping;
    this.lag.stop();
  }

  private wake(): void {
    if (this.wakeTimer !== undefined || this.stopping) return;
    this.wakeTimer = setTimeout(() => {
      this.wakeTimer = undefined;
      void this.loop.tick();
    }, wakeMs);
  }
}
