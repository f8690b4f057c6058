import { obstacleOf, verdictOf } from '@patchgate/domain';
import type { CheckVerdict, Run } from '@patchgate/domain';
import type { ProbeResult, ProbeTarget } from '@patchgate/probes';
import type { DataSource } from 'typeorm';
import type { Db } from '../../platform/database/query.js';
import { isDatabaseUnavailable } from '../../platform/database/failure.js';
import type { Logger } from '../../platform/logger/logger.js';
import type { PolledCheck } from '../health-checks/polled-checks.js';
import { measureCheck } from '../polling/measure-check.js';
import type { LoopLag } from '../polling/loop-lag.js';
import type { MeasuredResult } from '../results/measured-result.js';
import type { Claim } from './claim-due-runs.js';
import { decideAttempts } from './decide-attempts.js';
import type { DecideDependencies } from './decide-attempts.js';
import type { GateAttempt, Probed } from './gate-attempt.js';
import { readObstacles } from './gate-conditions.js';
import { GatheredWrites } from './gathered-writes.js';
import { loadJobs } from './run-job.repository.js';
import { policyOf } from './run-policy.js';
import { loadRuns } from './run.repository.js';

export interface AttemptDependencies extends DecideDependencies {
  readonly dataSource: DataSource;
  readonly logger: Logger;
  readonly lag: Pick<LoopLag, 'totalMs'>;
  readonly loadChecks: (db: Db, hostIds: readonly string[]) => Promise<readonly PolledCheck[]>;
  readonly probe: (target: ProbeTarget) => Promise<ProbeResult>;
  /** Records results like those of any poll. */
  readonly record: (db: Db, results: readonly MeasuredResult[]) => Promise<unknown>;
}

/** What became of an attempt: the run as it was written, or null when it is somebody else's by now. */
export type AttemptResult = Run | null;

/** Runs that are decided in one transaction. */
const mostTogether = 1_000;

/** Attempts at the gate. The gate always probes: polled results inform people, they never open it. */
export class GateAttempts {
  readonly #decisions: GatheredWrites<GateAttempt, AttemptResult>;

  constructor(private readonly deps: AttemptDependencies) {
    this.#decisions = new GatheredWrites({
      write: (attempts) => this.#write(attempts),
      most: mostTogether,
      isHopeless: isDatabaseUnavailable,
    });
  }

  /**
   * Looks at the gates of claimed runs. One whose attempt breaks on our side stays closed, and says so.
   *
   * @returns for each what became of it, as it comes
   * @throws what the database throws before anything is probed
   */
  async attempt(claims: readonly Claim[]): Promise<Map<Claim, Promise<AttemptResult>>> {
    const startedAt = this.deps.clock.now().getTime();
    try {
      const asked = await this.#withoutObstacles(claims, startedAt);
      const checks = await this.deps.loadChecks(
        this.deps.dataSource.manager,
        asked.map(({ hostId }) => hostId),
      );
      const byHost = Map.groupBy(checks, ({ hostId }) => hostId);
      const isAsked = new Set(asked);
      return new Map(
        claims.map((claim) => [
          claim,
          isAsked.has(claim)
            ? this.#probeAndDecide(claim, startedAt, byHost.get(claim.hostId) ?? [])
            : this.#decide({ claim, startedAt, probed: null, broke: null }),
        ]),
      );
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      return new Map(claims.map((claim) => [claim, this.#broke(claim, startedAt, error)]));
    }
  }

  /** Read again under the claim: still wanted, not paused, window open and not in blackout, creator still allowed. */
  async #withoutObstacles(claims: readonly Claim[], startedAt: number): Promise<Claim[]> {
    const { dataSource, windows, clock, config } = this.deps;
    const db = dataSource.manager;
    const runs = await loadRuns(
      db,
      claims.map(({ id }) => id),
    );
    const jobs = await loadJobs(db, [...new Set(claims.map(({ jobId }) => jobId))]);
    const found = claims.flatMap((claim) => {
      const [run, job] = [runs.get(claim.id), jobs.get(claim.jobId)];
      return run && job ? [{ claim, run, job }] : [];
    });
    const obstacles = await readObstacles(db, windows, found, clock.now());
    return found
      .filter((each) => {
        const policy = policyOf(config, { runId: each.run.id, allowReboot: each.job.allow_reboot });
        const seen = obstacles(each);
        return !seen.isCancelRequested && obstacleOf(seen, startedAt, policy) === null;
      })
      .map(({ claim }) => claim);
  }

  async #probeAndDecide(
    claim: Claim,
    startedAt: number,
    checks: readonly PolledCheck[],
  ): Promise<AttemptResult> {
    let probed: Probed;
    try {
      const found = await Promise.all(checks.map((check) => this.#probe(check)));
      probed = {
        verdicts: found.map(({ verdict }) => verdict),
        results: found.map(({ result }) => result),
      };
    } catch (error) {
      return this.#broke(claim, startedAt, error);
    }
    try {
      return await this.#decisions.add({ claim, startedAt, probed, broke: null });
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      return this.#broke(claim, startedAt, error);
    }
  }

  async #probe(check: PolledCheck): Promise<{ verdict: CheckVerdict; result: MeasuredResult }> {
    const { probe, lag, clock } = this.deps;
    const { result, isSuspect } = await measureCheck(() => probe(check.target), lag);
    const { healthy, reason, detail, latency_ms, agent_status } = result;
    const checkedAt = clock.now();
    return {
      verdict: {
        ...{ checkId: check.id, name: check.name, reason, detail, latencyMs: latency_ms },
        verdict: verdictOf({ healthy, reason, agentStatus: agent_status }),
        checkedAt: checkedAt.getTime(),
      },
      result: {
        ...{ check_id: check.id, host_id: check.hostId, revision: check.revision, checked_at: checkedAt },
        ...{ healthy, reason, detail, latency_ms, suspect: isSuspect },
      },
    };
  }

  /** An exception anywhere closes: it is told to whoever looks at the run, and in full to whoever reads the log. */
  #broke(claim: Claim, startedAt: number, error: unknown): Promise<AttemptResult> {
    this.deps.logger.error({ err: error, run_id: claim.id }, 'attempt at a gate broke');
    const broke = 'the attempt broke inside Patchgate: its log says why';
    return this.#decide({ claim, startedAt, probed: null, broke });
  }

  #decide(attempt: GateAttempt): Promise<AttemptResult> {
    return this.#decisions.add(attempt);
  }

  /** What was measured is kept whatever becomes of the runs, and before anything is locked for them. */
  async #write(attempts: readonly GateAttempt[]): Promise<AttemptResult[]> {
    const { dataSource, record } = this.deps;
    const results = attempts.flatMap(({ probed }) => probed?.results ?? []);
    if (results.length > 0) await dataSource.transaction((db) => record(db, results));
    const decisions = await dataSource.transaction((db) => decideAttempts(db, attempts, this.deps));
    const byRun = new Map(decisions.map(({ runId, run }) => [runId, run]));
    return attempts.map(({ claim }) => byRun.get(claim.id) ?? null);
  }
}
