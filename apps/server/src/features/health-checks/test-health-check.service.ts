import { Injectable } from '@nestjs/common';
import type { UnsavedCheckInput } from '@patchgate/contracts';
import { Prober } from '@patchgate/probes';
import type { ProbeResult, ProbeTarget } from '@patchgate/probes';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { RateLimiter } from '../../platform/limits/rate-limiter.js';
import type { Limit } from '../../platform/limits/rate-limiter.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { auditOf } from './audit-of.js';
import { fieldsOf } from './check-fields.js';
import { findCheck, findHost } from './health-check.repository.js';
import type { CheckKey } from './health-check.repository.js';
import type { CheckFields } from './health-check.row.js';
import { passwordOf } from './next-password.js';
import { openForCaller } from './open-for-caller.js';
import { originOf, targetOf } from './target-of.js';
import { waitAlike } from './tell-alike.js';
import { toProbe } from './to-probe.js';
import { isHiddenFrom } from './words-for.js';

export interface TestedNow extends ProbeResult {
  readonly checkedAt: Date;
}

/** More than anybody presses a button, and too few to scan a network with. */
const testLimit = ({ userId }: Principal): Limit => ({
  key: `check-test/user/${userId}`,
  most: 60,
  windowSeconds: 60,
});

/** Runs checks while somebody waits. No transaction is open meanwhile: a target may take its ten seconds. */
@Injectable()
export class TestHealthCheckService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly sealer: Sealer,
    private readonly prober: Prober,
    private readonly recorder: ResultRecorder,
    private readonly limiter: RateLimiter,
  ) {}

  /** Recorded like a poll; a change of the check in the meantime makes it a result of what was. */
  async testSaved(caller: Caller, key: CheckKey): Promise<TestedNow> {
    const { manager } = this.dataSource;
    const check = await findCheck(manager, caller.principal, key);
    if (!check) throw notFound();
    const password = await openForCaller(this.sealer, check);
    const result = await this.probe(caller, toProbe(check, password));
    await this.recorder.ensurePartitions(manager);
    const checkedAt = this.clock.now();
    await this.unitOfWork.run(caller, async ({ db, audit }) => {
      const { id: check_id, host_id, revision } = check;
      const { healthy, reason, detail, latency_ms } = result;
      const measured = { check_id, host_id, revision, healthy, reason, detail, latency_ms };
      await this.recorder.record(db, [{ ...measured, checked_at: checkedAt, suspect: false }]);
      // The reason is for those only who may tell denied from unresolvable; the history has it.
      audit(auditOf('test', check, { healthy }));
    });
    return { ...result, checkedAt };
  }

  /** Recorded nowhere but in the audit trail. */
  async testUnsaved(caller: Caller, hostId: string, input: UnsavedCheckInput): Promise<TestedNow> {
    const host = await findHost(this.dataSource.manager, caller.principal, hostId);
    if (!host) throw notFound();
    const fields = fieldsOf(input);
    const password = await this.passwordFor(caller, { hostId, input, fields });
    const result = await this.probe(caller, toProbe({ ...fields, ...host, host_id: hostId }, password));
    const checkedAt = this.clock.now();
    await this.unitOfWork.run(caller, ({ audit }) => {
      const target = originOf(fields) ?? targetOf(fields);
      const { check_type } = input;
      // Without a name: whoever reaches the host reads this, and here a name is only what somebody typed.
      const details = { check_type, target, service_name: fields.service_name, healthy: result.healthy };
      audit({ action: 'health_check.test_unsaved', objectType: 'host', objectId: hostId, details });
      return Promise.resolve();
    });
    return { ...result, checkedAt };
  }

  /** The stored one goes to its own origin only, as it does when the check is saved. */
  private async passwordFor(
    caller: Caller,
    { hostId, input, fields }: { hostId: string; input: UnsavedCheckInput; fields: CheckFields },
  ): Promise<string | null> {
    const stored =
      input.check_id === undefined
        ? null
        : await findCheck(this.dataSource.manager, caller.principal, { hostId, checkId: input.check_id });
    if (stored === undefined) throw notFound();
    const sent = passwordOf(input);
    if (sent !== undefined) return sent;
    if (stored === null || originOf(stored) !== originOf(fields)) return null;
    return openForCaller(this.sealer, stored);
  }

  /** All that is told of it, times in the trail and in the history too, comes after the wait. */
  private async probe(caller: Caller, target: ProbeTarget): Promise<ProbeResult> {
    await this.limiter.take([testLimit(caller.principal)]);
    const startedAtMs = this.clock.monotonicMs();
    const result = await this.prober.probe(target);
    if (isHiddenFrom(caller.principal, result.reason)) {
      await waitAlike(this.clock.monotonicMs() - startedAtMs, this.prober.context.deadlineMs);
    }
    return result;
  }
}
