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
    const names = new Map(pairs.map(({ check_id, name }) => [check_id, name]));
    const checks = (await this.checks.loadChecks(manager, [hostId])).filter(({ id }) => names.has(id));
    const results = await Promise.all(checks.map((check) => this.#measure(check)));
    this.failPoints.reach('before_record');
    await this.recorder.ensurePartitions(manager);
    await this.dataSource.transaction((db) => this.recorder.record(db, results));
    this.failPoints.reach('after_record');
    return results.map(({ check_id, healthy, reason, detail, latency_ms, checked_at }) => ({
      ...{ checkId: check_id, name: names.get(check_id) ?? '', verdict: verdictOf({ healthy, reason }) },
      ...{ reason, detail, latencyMs: latency_ms, checkedAt: checked_at.getTime() },
    }));
  }

  async #measure({ id, hostId, revision, target }: PolledCheck): Promise<MeasuredResult> {
    const { healthy, reason, detail, latency_ms } = await this.prober.probe(target);
    return {
      ...{ check_id: id, host_id: hostId, revision, checked_at: this.clock.now(), suspect: false },
      ...{ healthy, reason, detail, latency_ms },
    };
  }
}
