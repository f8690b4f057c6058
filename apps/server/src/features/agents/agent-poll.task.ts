import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { ProbeContext } from '@patchgate/probes';
import type { Registry, TaskWatch } from '@patchgate/service-health';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { PROBE_CONTEXT } from '../../platform/probing/probe-context.module.js';
import { AgentPollMetrics } from './agent-poll-metrics.js';
import { AgentPoller } from './agent-poller.js';
import { AgentSessions } from './agent-sessions.js';
import { CertificateRenewal } from './certificate-renewal.js';

export const AGENT_METRICS = Symbol('AGENT_METRICS');
export const AGENT_TICK = Symbol('AGENT_TICK');

const inventoryMs = 30 * 60_000;

/** Once a second: writes what was found of agents and takes those that are due. */
@Injectable()
export class AgentPollTask implements BeforeApplicationShutdown {
  private readonly poller: AgentPoller;
  private isRunning = false;

  constructor(
    dataSource: DataSource,
    clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) { pollIntervalMs: intervalMs, checkTimeoutMs: deadlineMs }: Config,
    @Inject(AGENT_METRICS) metrics: Registry,
    @Inject(AGENT_TICK) private readonly watch: TaskWatch,
    @Inject(PROBE_CONTEXT) { permits }: ProbeContext,
    sessions: AgentSessions,
    renewal: CertificateRenewal,
  ) {
    this.poller = new AgentPoller({
      ...{ dataSource, clock, logger, sessions, permits, renewal, intervalMs, inventoryMs, deadlineMs },
      metrics: new AgentPollMetrics(metrics, () => sessions.size),
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
      this.logger.warn({ err: error }, 'tick of the polling of agents failed');
    } finally {
      this.isRunning = false;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    try {
      await this.poller.stop();
    } catch (error) {
      // What could not be given back is due again when its lease ends.
      this.logger.warn({ err: error }, 'polls of agents left to their leases');
    }
  }
}
