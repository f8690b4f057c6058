import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { AgentSessions } from '../agents/agent-sessions.js';
import { acknowledgeRun, findUnacknowledged } from './acknowledge-runs.js';
import { FailPoints } from './fail-points.js';
import { asked } from './step-answers.js';

/** What is left over is few: most agents are told as their run ends. */
const mostAtOnce = 100;

/** Tells agents later what they could not be told at the end of their runs. */
@Injectable()
export class AcknowledgeRunsTask {
  private isRunning = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly sessions: AgentSessions,
    private readonly failPoints: FailPoints,
  ) {}

  @Interval(60_000)
  async tick(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.acknowledge();
    } catch (error) {
      this.logger.warn({ err: error }, 'agents were not told of ended runs');
    } finally {
      this.isRunning = false;
    }
  }

  private async acknowledge(): Promise<void> {
    const { manager } = this.dataSource;
    const told = { now: this.clock.now(), failPoints: this.failPoints };
    for (const { runId, ...agent } of await findUnacknowledged(manager, mostAtOnce)) {
      await asked(this.sessions.use(agent, (session) => acknowledgeRun(manager, session, runId, told)));
    }
  }
}
