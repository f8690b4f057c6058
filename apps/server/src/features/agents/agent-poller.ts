import { AgentError } from '@patchgate/agent-client';
import type { AgentSession } from '@patchgate/agent-client';
import { SelfDoubt, phasesDue } from '@patchgate/domain';
import type { WorkPermits } from '@patchgate/probes';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock/clock.js';
import type { Logger } from '../../platform/logger/logger.js';
import { ResultBuffer } from '../polling/result-buffer.js';
import { statusOf } from './agent-poll.js';
import type { AgentPoll, AgentReading } from './agent-poll.js';
import type { AgentPollMetrics } from './agent-poll-metrics.js';
import type { AgentSessions } from './agent-sessions.js';
import { askAgent, unasked } from './ask-agent.js';
import { renewCertificate, wantsRenewal } from './certificate-renewal.js';
import type { CertificateRenewal } from './certificate-renewal.js';
import { abandonAgents, claimDueAgents } from './due-agents.repository.js';
import type { ClaimedAgent } from './due-agents.repository.js';
import { recordAgentPolls } from './record-agent-polls.js';

interface AgentPollerDependencies {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: AgentPollMetrics;
  readonly sessions: Pick<AgentSessions, 'use'>;
  readonly permits: WorkPermits;
  readonly renewal: Pick<CertificateRenewal, 'renewFromRequest'>;
  /** Told, after that is committed, of the hosts whose agents are there again. */
  readonly returned: (hostIds: readonly string[]) => Promise<void>;
  readonly intervalMs: number;
  readonly inventoryMs: number;
  /** For one call to an agent. */
  readonly deadlineMs: number;
}

/** Agents under way at once; the dead among them wait for their deadline, and hold a socket each. */
const mostAgents = 1_000;
/** How far back a tick looks by phase; what is later is found by the look at all hosts. */
const lookBackMs = 5_000;
const ticksPerFullLook = 5;
/** Rows that are written together, and those beyond which nothing more is asked for. */
const batchRows = 2_000;
const mostRows = 100_000;
/** As long as an agent may take to list its patches. */
const inventoryDeadlineMs = 120_000;
/** Whether it is there, what it is, and twice for a new certificate. */
const callsOfPoll = 4;

/** Polls agents as they become due, and gives each back with what was found in one transaction. */
export class AgentPoller {
  readonly #underWay = new Map<string, ClaimedAgent>();
  readonly #doubt = new SelfDoubt();
  readonly #buffer: ResultBuffer<AgentPoll>;
  readonly #working = new Set<Promise<void>>();
  #ticks = 0;
  #isStopping = false;

  constructor(private readonly deps: AgentPollerDependencies) {
    this.#buffer = new ResultBuffer<AgentPoll>({
      write: (polls) => this.#write(polls),
      rowsOf: ({ inventory }) => 1 + (inventory?.kind === 'listed' ? inventory.patches.length : 0),
      ...{ batchRows, mostRows },
    });
  }

  /** Writes what was found and takes what is due; called once a second, never twice at a time. */
  async tick(): Promise<void> {
    await this.#buffer.flush();
    const room = mostAgents - this.#underWay.size;
    if (this.#isStopping || room <= 0 || this.#buffer.isFull) return;
    for (const claim of await this.#claim(room)) this.#track(this.#poll(claim));
  }

  /** Takes nothing more, writes what comes in time, and gives the rest back. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.race([this.#idle(), delay(this.deps.deadlineMs + 1_000, undefined, { ref: false })]);
    await this.#buffer.flush();
    if (this.#underWay.size > 0) {
      await abandonAgents(this.deps.dataSource.manager, [...this.#underWay.values()]);
    }
  }

  async #idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.allSettled(this.#working);
  }

  async #claim(limit: number): Promise<ClaimedAgent[]> {
    const { clock, dataSource, intervalMs, deadlineMs, metrics } = this.deps;
    const isFullLook = this.#ticks % ticksPerFullLook === 0;
    this.#ticks += 1;
    // Each call has its deadline, and the result waits for the next tick.
    const leaseMs = callsOfPoll * deadlineMs + 10_000;
    const claims = await claimDueAgents(dataSource.manager, {
      ranges: isFullLook ? null : phasesDue(clock.now().getTime(), lookBackMs, intervalMs),
      ...{ limit, leaseMs, inventoryLeaseMs: leaseMs + inventoryDeadlineMs },
    });
    for (const claim of claims) {
      this.#underWay.set(claim.hostId, claim);
      metrics.claimed(claim.lagMs);
    }
    return claims;
  }

  async #poll(claim: ClaimedAgent): Promise<void> {
    const { clock, logger, metrics } = this.deps;
    const startedAtMs = clock.monotonicMs();
    let reading: AgentReading | null = null;
    try {
      reading = await this.#read(claim);
    } catch (error) {
      // A defect of ours says nothing of the agent: it is due again when the lease ends.
      logger.error({ err: error, host_id: claim.hostId }, 'poll of an agent broke');
      this.#underWay.delete(claim.hostId);
    } finally {
      metrics.ended(reading, clock.monotonicMs() - startedAtMs);
    }
    if (!reading) return;
    const { hostId, fence } = claim;
    const status = statusOf(reading);
    if (claim.knownStatus === 'connected') {
      this.#doubt.add([{ hostId, failed: status !== 'connected', atMs: clock.monotonicMs() }]);
    }
    const isDue = this.#buffer.add({ ...reading, hostId, fence, status, at: clock.now() });
    if (isDue) await this.#buffer.flush();
  }

  async #read(claim: ClaimedAgent): Promise<AgentReading> {
    const leave = await this.deps.permits.enter();
    try {
      return await this.deps.sessions.use(claim, (session) => this.#ask(session, claim));
    } catch (error) {
      if (error instanceof AgentError) return unasked(error);
      throw error;
    } finally {
      leave();
    }
  }

  async #ask(session: AgentSession, claim: ClaimedAgent): Promise<AgentReading> {
    const { clock, logger, renewal } = this.deps;
    const reading = await askAgent(session, claim);
    if (!claim.mayRenew || !wantsRenewal(reading, clock.now())) return reading;
    return { ...reading, renewal: await renewCertificate(session, claim.hostId, { renewal, logger }) };
  }

  async #write(polls: readonly AgentPoll[]): Promise<void> {
    const { dataSource, clock, intervalMs, inventoryMs, metrics } = this.deps;
    const isInDoubt = this.#doubt.isInDoubt(clock.monotonicMs());
    metrics.doubts(isInDoubt);
    const believed = isInDoubt
      ? polls.map((poll) => (poll.health ? poll : { ...poll, status: null }))
      : polls;
    await dataSource.transaction((db) => recordAgentPolls(db, believed, { intervalMs, inventoryMs }));
    const returned = believed.filter(
      ({ hostId, status }) =>
        status === 'connected' && this.#underWay.get(hostId)?.knownStatus !== 'connected',
    );
    for (const { hostId } of polls) this.#underWay.delete(hostId);
    if (returned.length > 0) this.#track(this.deps.returned(returned.map(({ hostId }) => hostId)));
  }

  /** Work that nobody awaits: its failure is told here, and what it held is found again when its lease ends. */
  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.deps.logger.warn({ err: error }, 'polls of agents were not written'))
      .finally(() => this.#working.delete(tracked));
    this.#working.add(tracked);
  }
}
