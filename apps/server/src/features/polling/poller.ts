import { SelfDoubt, phasesDue } from '@patchgate/domain';
import type { ProbeResult, ProbeTarget } from '@patchgate/probes';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import type { Logger } from '../../platform/logger/logger.js';
import type { MeasuredResult } from '../results/measured-result.js';
import type { PolledCheck } from '../health-checks/polled-checks.js';
import { abandonHosts, claimDueHosts, releaseHosts } from './due-hosts.repository.js';
import type { ClaimedHost } from './due-hosts.repository.js';
import { LoopLag } from './loop-lag.js';
import { measureCheck } from './measure-check.js';
import type { PollMetrics } from './poll-metrics.js';
import { ResultBuffer } from './result-buffer.js';

interface PollerDependencies {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: PollMetrics;
  readonly loadChecks: (db: Db, hostIds: readonly string[]) => Promise<readonly PolledCheck[]>;
  readonly probe: (target: ProbeTarget) => Promise<ProbeResult>;
  /** Writes results with all that follows from them. @returns the hosts of which a check has just changed */
  readonly record: (db: Db, results: readonly MeasuredResult[]) => Promise<ReadonlySet<string>>;
  /** Told of the same hosts after the results are committed. */
  readonly changed: (hostIds: readonly string[]) => Promise<void>;
  readonly intervalMs: number;
  readonly deadlineMs: number;
  /** Under way at once; each costs a socket. */
  readonly mostChecks: number;
}

interface PolledHost {
  readonly claim: ClaimedHost;
  readonly results: readonly MeasuredResult[];
}

const mostChecksOfHost = 5;
/** How far back a tick looks by phase; what is later is found by the look at all hosts. */
const lookBackMs = 5_000;
const ticksPerFullLook = 5;
const recheckMs = 20_000;
/** Claims of one tick are started over this time, so that they do not all meet. */
const spreadMs = 800;
const slices = 16;
const batchRows = 2_000;
const mostRows = 50_000;

/**
 * Polls hosts as they become due. The unit of work is a host: its checks run side by side, and it is given back with
 * their results in one transaction. The database holds all that matters; what is here dies with the process and is done
 * again by another.
 */
export class Poller {
  readonly #underWay = new Map<string, ClaimedHost>();
  readonly #doubt = new SelfDoubt();
  readonly #lag: LoopLag;
  readonly #buffer: ResultBuffer<PolledHost>;
  readonly #working = new Set<Promise<void>>();
  #checksUnderWay = 0;
  #ticks = 0;
  #isStopping = false;

  constructor(private readonly deps: PollerDependencies) {
    this.#lag = new LoopLag(() => deps.clock.monotonicMs());
    this.#buffer = new ResultBuffer<PolledHost>({
      write: (hosts) => this.#write(hosts),
      rowsOf: ({ results }) => Math.max(1, results.length),
      batchRows,
      mostRows,
    });
  }

  /** Writes what was measured and takes what is due; called once a second, never twice at a time. */
  async tick(): Promise<void> {
    try {
      await this.#buffer.flush();
    } finally {
      this.deps.metrics.buffered(this.#buffer.rows);
    }
    if (this.#isStopping) return;
    const room = Math.floor((this.deps.mostChecks - this.#checksUnderWay) / mostChecksOfHost);
    if (room <= 0 || this.#buffer.isFull) {
      this.deps.metrics.skipped(room <= 0 ? 'busy' : 'unwritten');
      return;
    }
    const claims = await this.#claim(room);
    if (claims.length === 0) return;
    const checks = await this.deps.loadChecks(
      this.deps.dataSource.manager,
      claims.map(({ hostId }) => hostId),
    );
    this.#checksUnderWay += checks.length;
    this.#track(
      this.#startSpread(
        claims,
        Map.groupBy(checks, ({ hostId }) => hostId),
      ),
    );
  }

  /** Takes nothing more, finishes what is under way and writes it. What would take too long is given back. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.race([this.#idle(), delay(this.deps.deadlineMs + 1_000, undefined, { ref: false })]);
    this.#lag.stop();
    await this.#buffer.flush();
    if (this.#underWay.size > 0) {
      await abandonHosts(this.deps.dataSource.manager, [...this.#underWay.values()]);
    }
  }

  async #idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.allSettled(this.#working);
  }

  async #claim(limit: number): Promise<ClaimedHost[]> {
    const { clock, dataSource, intervalMs, deadlineMs, metrics } = this.deps;
    const isFullLook = this.#ticks % ticksPerFullLook === 0;
    this.#ticks += 1;
    const claims = await claimDueHosts(dataSource.manager, {
      ranges: isFullLook ? null : phasesDue(clock.now().getTime(), lookBackMs, intervalMs),
      limit,
      // A check may be measured twice, and its result waits for the next tick.
      leaseMs: 2 * deadlineMs + 5_000,
    });
    for (const claim of claims) {
      this.#underWay.set(claim.hostId, claim);
      metrics.claimed(claim.lagMs);
    }
    return claims;
  }

  async #startSpread(
    claims: readonly ClaimedHost[],
    checks: ReadonlyMap<string, readonly PolledCheck[]>,
  ): Promise<void> {
    const perSlice = Math.ceil(claims.length / slices);
    for (let next = 0; next < claims.length; next += perSlice) {
      if (next > 0) await delay(spreadMs / slices);
      for (const claim of claims.slice(next, next + perSlice)) {
        this.#track(this.#poll(claim, checks.get(claim.hostId) ?? []));
      }
    }
  }

  async #poll(claim: ClaimedHost, checks: readonly PolledCheck[]): Promise<void> {
    const results = await Promise.all(checks.map((check) => this.#measure(check)));
    const isDue = this.#buffer.add({ claim, results: results.filter((result) => result !== null) });
    if (isDue) await this.#buffer.flush();
  }

  /** @returns null when the probe failed by a defect of ours: no result is better than a wrong one */
  async #measure(check: PolledCheck): Promise<MeasuredResult | null> {
    const { clock, logger, metrics, probe } = this.deps;
    metrics.started();
    try {
      const { result, isSuspect } = await measureCheck(() => probe(check.target), this.#lag);
      const { healthy, reason, detail, latency_ms } = result;
      metrics.measured(check.target.type, result);
      const { id: check_id, hostId: host_id, revision } = check;
      if (check.status === 'healthy') {
        this.#doubt.add([{ hostId: host_id, failed: !healthy, atMs: clock.monotonicMs() }]);
      }
      return {
        ...{ check_id, host_id, revision, checked_at: clock.now() },
        ...{ healthy, reason, detail, latency_ms, suspect: isSuspect },
      };
    } catch (error) {
      logger.error({ err: error, check_id: check.id }, 'probe broke');
      return null;
    } finally {
      metrics.ended();
      this.#checksUnderWay -= 1;
    }
  }

  async #write(hosts: readonly PolledHost[]): Promise<void> {
    const { dataSource, clock, intervalMs, record, metrics } = this.deps;
    const isInDoubt = this.#doubt.isInDoubt(clock.monotonicMs());
    metrics.doubts(isInDoubt);
    const results = hosts
      .flatMap((host) => host.results)
      .map((result) => (isInDoubt ? { ...result, suspect: true } : result));
    const changedHosts = await dataSource.transaction(async (db) => {
      const unsettled = await record(db, results);
      const polled = hosts.map(({ claim: { hostId, fence } }) => ({
        hostId,
        fence,
        isUnsettled: unsettled.has(hostId),
      }));
      await releaseHosts(db, polled, { intervalMs, recheckMs });
      return unsettled;
    });
    for (const { claim } of hosts) this.#underWay.delete(claim.hostId);
    if (changedHosts.size > 0) this.#track(this.deps.changed([...changedHosts]));
  }

  /** Work that nobody awaits: its failure is told here, and what it held is found again when its lease ends. */
  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.deps.logger.warn({ err: error }, 'poll failed'))
      .finally(() => this.#working.delete(tracked));
    this.#working.add(tracked);
  }
}
