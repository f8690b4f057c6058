import { Injectable } from '@nestjs/common';
import { verdictOf } from '@patchgate/domain';
import type { CheckVerdict } from '@patchgate/domain';
import { Prober } from '@patchgate/probes';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { PolledChecks } from '../health-checks/polled-checks.js';
import type { PolledCheck } from '../health-checks/polled-checks.js';
import type { MeasuredResult } from '../results/measured-result.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { FailPoints } from './fail-points.js';
import type { StoredPair } from './stored-pair.js';

/** The checks of an opening attempt, probed once more. */
@Injectable()
export class ProbeAgain {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly checks: PolledChecks,
    private readonly prober: Prober,
    private readonly recorder: ResultRecorder,
    private readonly failPoints: FailPoints,
  ) {}

  /**
   * Side by side, and recorded like polls, in a transaction of its own. A check that was deleted or switched off is not
   * probed and not in the answer.
   */
  async probe(hostId: string, pairs: readonly StoredPair[]): Promise<CheckVerdict[]> {
    const { manager } = this.dataSource;
    const expected = new Set(pairs.map(({ check_id }) => check_id));
    const checks = (await this.checks.loadChecks(manager, [hostId])).filter(({ id }) => expected.has(id));
    const found = await Promise.all(checks.map((check) => this.#measure(check)));
    this.failPoints.reach('before_record');
    await this.recorder.ensurePartitions(manager);
    const results = found.map(({ result }) => result);
    await this.dataSource.transaction((db) => this.recorder.record(db, results));
    this.failPoints.reach('after_record');
    return found.map(({ verdict }) => verdict);
  }

  async #measure(check: PolledCheck): Promise<{ verdict: CheckVerdict; result: MeasuredResult }> {
    const { id, hostId, name, revision, target } = check;
    const { healthy, reason, detail, latency_ms, agent_status } = await this.prober.probe(target);
    const checkedAt = this.clock.now();
    return {
      verdict: {
        ...{ checkId: id, name, reason, detail, latencyMs: latency_ms, checkedAt: checkedAt.getTime() },
        verdict: verdictOf({ healthy, reason, agentStatus: agent_status }),
      },
      result: {
        ...{ check_id: id, host_id: hostId, revision, checked_at: checkedAt, suspect: false },
        ...{ healthy, reason, detail, latency_ms },
      },
    };
  }
}
