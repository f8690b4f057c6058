import { Inject, Injectable } from '@nestjs/common';
import { AgentError } from '@patchgate/agent-client';
import type { AgentSession } from '@patchgate/agent-client';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../../platform/clock/clock.js';
import { AgentSessions } from '../agents/agent-sessions.js';
import { ExpectedAgents } from '../agents/expected-agents.js';
import { acknowledgeRun } from './acknowledge-runs.js';
import { askAboutJob } from './ask-about-job.js';
import { askAboutRun } from './ask-about-run.js';
import { checksOfOpening } from './checks-of-opening.js';
import type { ClaimedRun } from './claimed-run.js';
import { dispatchRun } from './dispatch-run.js';
import {
  findPending,
  loadDispatchedRun,
  storeIntent,
  storeRebootIntent,
} from './dispatched-run.repository.js';
import { FailPoints } from './fail-points.js';
import { orderOfRun } from './order-of-run.js';
import { withVersionsAfter } from './package-versions.js';
import { ProbeAgain } from './probe-again.js';
import { rebootRun } from './reboot-run.js';
import { superseded } from './run-step.js';
import type { DispatchedRun, StepResult, StepTools } from './run-step.js';
import { decide, endOf, settleRun } from './settle-run.js';
import { asked, outcomeLost, refusedOrder, silent } from './step-answers.js';
import { verifyRun } from './verify-run.js';

/** A restart is ordered in the step after the one that decided it; nothing else goes on at once. */
const mostSteps = 2;

/** What is done for a run whose agent was or may have been told: one question, one transaction, and what that owes. */
@Injectable()
export class RunSteps {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'runs' | 'checkTimeoutMs'>,
    private readonly sessions: AgentSessions,
    private readonly agents: ExpectedAgents,
    private readonly probes: ProbeAgain,
    private readonly failPoints: FailPoints,
  ) {}

  /** Whoever has claimed the run gives it back. */
  async stepRun(claim: ClaimedRun): Promise<void> {
    this.failPoints.reach('after_claim');
    for (let step = 0; step < mostSteps; step += 1) {
      if (!(await this.#step(claim))) return;
    }
  }

  /** @returns whether the next step is to be done at once */
  async #step(claim: ClaimedRun): Promise<boolean> {
    const run = await loadDispatchedRun(this.dataSource.manager, claim, this.config.runs);
    if (!run) return false;
    const result = await this.#resultOf(run);
    if (result.kind === 'superseded') return false;
    const found = await this.#withVersions(run, result);
    this.failPoints.reach('before_settle');
    const settled = await settleRun(this.dataSource, run, found, {
      now: this.clock.now(),
      onSaved: () => this.failPoints.reach('in_settle'),
    });
    this.failPoints.reach('after_settle');
    if (!settled) return false;
    const owes = (kind: string) => settled.effects.some((effect) => effect.kind === kind);
    if (owes('acknowledge')) await this.#acknowledge(run);
    if (owes('ended')) await this.agents.hasPatched(this.dataSource.manager, run.hostId);
    return owes('order_reboot');
  }

  async #resultOf(run: DispatchedRun): Promise<StepResult> {
    switch (run.run.status) {
      case 'dispatching':
        return run.intentAt === null ? this.#dispatch(run) : this.#ask(run);
      case 'running':
      case 'indeterminate':
        return this.#ask(run);
      case 'rebooting':
        return run.agentEpoch === null ? this.#at(run, (tools) => rebootRun(run, tools)) : this.#ask(run);
      case 'verifying':
        return this.#verify(run);
      case 'queued':
      case 'waiting_health_check':
      case 'succeeded':
      case 'failed':
      case 'cancelled':
        return superseded;
    }
  }

  async #dispatch(run: DispatchedRun): Promise<StepResult> {
    if (run.agent === null) return refusedOrder('agent_unreachable', 'no agent was enrolled on this host');
    const order = orderOfRun(run.selection, await findPending(this.dataSource.manager, run.hostId));
    this.failPoints.reach('before_dispatch');
    return this.#at(run, (tools) => dispatchRun(run, order, tools));
  }

  async #ask(run: DispatchedRun): Promise<StepResult> {
    if (run.intentAt === null) return outcomeLost('nobody knows whether an order was sent');
    return this.#at(run, (tools) =>
      run.agentEpoch === null ? askAboutJob(run, tools) : askAboutRun(run, tools),
    );
  }

  async #verify(run: DispatchedRun): Promise<StepResult> {
    this.failPoints.reach('before_verify');
    const known = run.verificationChecks;
    const pairs = known.length > 0 ? known : await checksOfOpening(this.dataSource.manager, run);
    return verifyRun(run, pairs, await this.probes.probe(run.hostId, pairs), this.clock.now());
  }

  /**
   * The packages are as they are now: asked when the run ends, so that the checks do not wait for it. Not for as long as
   * a list may take: what is told of the packages is little, and the run stands still meanwhile.
   */
  async #withVersions(run: DispatchedRun, found: Extract<StepResult, { kind: 'found' }>) {
    const end = endOf(decide(run, found, this.clock.now()));
    const { agent, packageChanges } = run;
    const isKnowable = (end === 'succeeded' || end === 'failed') && packageChanges.length > 0;
    if (!isKnowable || agent === null || run.run.acceptedAt === null) return found;
    const { checkTimeoutMs } = this.config;
    const listed = await asked(this.sessions.use(agent, (session) => session.patches(checkTimeoutMs)));
    if (listed instanceof AgentError) return found;
    return {
      ...found,
      facts: { ...found.facts, packageChanges: withVersionsAfter(packageChanges, listed.patches) },
    };
  }

  async #acknowledge({ id, agent, agentEpoch }: DispatchedRun): Promise<void> {
    if (agent === null || agentEpoch === null) return;
    const { failPoints } = this;
    const told = (session: AgentSession) =>
      acknowledgeRun(this.dataSource.manager, session, id, { now: this.clock.now(), failPoints });
    await asked(this.sessions.use(agent, told));
  }

  /** Works with the agent over the connection of this process. */
  async #at(run: DispatchedRun, work: (tools: StepTools) => Promise<StepResult>): Promise<StepResult> {
    const { clock, failPoints, dataSource } = this;
    if (run.agent === null) return silent('no agent is enrolled on this host any more');
    const result = await asked(
      this.sessions.use(run.agent, (session) =>
        work({
          ...{ session, clock, failPoints },
          storeIntent: (of, intent) => storeIntent(dataSource.manager, of, intent),
          storeRebootIntent: (of, intent) => storeRebootIntent(dataSource.manager, of, intent),
        }),
      ),
    );
    if (!(result instanceof AgentError)) return result;
    // Every answer is read where it is asked for; what comes here is that this process is stopping. Another goes on.
    return superseded;
  }
}
