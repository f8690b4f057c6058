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
import { WatchedLoop } from '../../platform/schedule/watched-loop.js';
import { wakeReachable } from '../runs/wake-runs.js';
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
  private readonly loop: WatchedLoop;

  constructor(
    dataSource: DataSource,
    clock: Clock,
    logger: Logger,
    @Inject(CONFIG) { pollIntervalMs: intervalMs, checkTimeoutMs: deadlineMs }: Config,
    @Inject(AGENT_METRICS) metrics: Registry,
    @Inject(AGENT_TICK) watch: TaskWatch,
    @Inject(PROBE_CONTEXT) { permits }: ProbeContext,
    sessions: AgentSessions,
    renewal: CertificateRenewal,
  ) {
    const poller = new AgentPoller({
      ...{ dataSource, clock, logger, sessions, permits, renewal, intervalMs, inventoryMs, deadlineMs },
      returned: (hostIds) => wakeReachable(dataSource.manager, hostIds, clock.now()),
      metrics: new AgentPollMetrics(metrics, () => sessions.size),
    });
    this.loop = new WatchedLoop(poller, { watch, logger, what: 'polling of agents' });
  }

  @Interval(1_000)
  tick(): Promise<void> {
    return this.loop.tick();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }
}
