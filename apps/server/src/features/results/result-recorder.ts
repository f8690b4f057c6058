import { Inject, Injectable } from '@nestjs/common';
import { freshForMs, isUnsettled } from '@patchgate/domain';
import { CONFIG } from '../../config/config.token.js';
import type { Config } from '../../config/config.schema.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import { publish } from '../../platform/events/publish.js';
import { advanceStates, stateOf } from './advance-states.js';
import type { MeasuredResult } from './measured-result.js';
import {
  addPartitions,
  beginStates,
  hasPartition,
  insertFlips,
  insertResults,
  lockStates,
  lockStatesOfHosts,
  updateStates,
} from './results.repository.js';
import { lockHostStatuses, pollSoon, rollUp } from './roll-up.repository.js';

const hourMs = 3_600_000;

const byCheck = (a: MeasuredResult, b: MeasuredResult): number => (a.check_id < b.check_id ? -1 : 1);

/**
 * The one writer of results, of the states of checks and of the status of hosts. Each table costs a statement per call,
 * however many results come. Locks are taken in this order, each by id: `hosts`, states, checks,
 * `host_health`.
 */
@Injectable()
export class ResultRecorder {
  /** How long a result speaks for the present, in milliseconds. */
  readonly freshMs: number;

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<Config, 'pollIntervalMs' | 'checkTimeoutMs'>,
  ) {
    this.freshMs = freshForMs(config.pollIntervalMs, config.checkTimeoutMs);
  }

  /**
   * Records what was measured, in the caller's transaction. Results of deleted checks do no harm.
   *
   * @returns the hosts of which a check has just changed, to be measured again soon
   */
  async record(db: Db, results: readonly MeasuredResult[]): Promise<ReadonlySet<string>> {
    if (results.length === 0) return new Set();
    await insertResults(db, results.toSorted(byCheck));
    const before = await lockStates(db, [...new Set(results.map(({ check_id }) => check_id))]);
    const { states, flips } = advanceStates(before, results);
    if (states.length === 0) return new Set();
    await updateStates(db, states);
    if (flips.length > 0) await insertFlips(db, flips);
    const hostOf = new Map(results.map(({ check_id, host_id }) => [check_id, host_id]));
    const hostsOf = (rows: readonly { check_id: string }[]) =>
      [...new Set(rows.map(({ check_id }) => hostOf.get(check_id)))].filter((id) => id !== undefined);
    const changed = await this.#rollUp(db, hostsOf(states));
    const told = [...new Set([...hostsOf(flips), ...changed])];
    if (told.length > 0) await publish(db, 'check', told);
    return new Set(hostsOf(states.filter((state) => isUnsettled(stateOf(state)))));
  }

  /** To be called first in a transaction that changes or deletes checks of these hosts. */
  async beforeChange(db: Db, hostIds: readonly string[]): Promise<void> {
    await lockStatesOfHosts(db, hostIds);
  }

  /**
   * After checks of these hosts were made, changed, enabled or deleted: what is new or of a new revision begins as
   * unknown, the hosts are rolled up, and they are polled at once.
   */
  async checksChanged(db: Db, hostIds: readonly string[]): Promise<void> {
    if (hostIds.length === 0) return;
    const now = this.clock.now();
    await beginStates(db, hostIds, now);
    await this.#rollUp(db, hostIds);
    await pollSoon(db, hostIds, now);
    await publish(db, 'check', hostIds);
  }

  /** For who cannot wait for the worker to make room. In no transaction: it locks what others need. */
  async ensurePartitions(db: Db): Promise<void> {
    const now = this.clock.now();
    if (await hasPartition(db, now)) return;
    await addPartitions(db, now, new Date(now.getTime() + hourMs));
  }

  /** @returns the hosts whose status is another than before */
  async #rollUp(db: Db, hostIds: readonly string[]): Promise<string[]> {
    const before = await lockHostStatuses(db, hostIds);
    const after = await rollUp(db, hostIds, { now: this.clock.now(), freshMs: this.freshMs });
    const statusBefore = new Map(before.map(({ host_id, status }) => [host_id, status]));
    return after
      .filter(({ host_id, status }) => statusBefore.get(host_id) !== status)
      .map((row) => row.host_id);
  }
}
