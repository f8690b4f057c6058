import { Injectable } from '@nestjs/common';
import type { CheckStatus } from '@patchgate/domain';
import type { ProbeTarget } from '@patchgate/probes';
import type { Db } from '../../platform/database/query.js';
import { Logger } from '../../platform/logger/logger.js';
import { Sealer, UnsealError } from '../../platform/secrets/sealer.js';
import { keyIdsOf, openPassword } from './basic-auth-password.js';
import { findEnabledChecks } from './health-check.repository.js';
import type { CheckRow } from './health-check.row.js';
import { toProbe, toProbeWithoutPassword } from './to-probe.js';

/** One check as the worker polls it. */
export interface PolledCheck {
  readonly id: string;
  readonly hostId: string;
  readonly name: string;
  /** Goes with the result: what was measured is what the check was then. */
  readonly revision: number;
  /** What is known of it before the poll. */
  readonly status: CheckStatus;
  readonly target: ProbeTarget;
}

@Injectable()
export class PolledChecks {
  constructor(
    private readonly sealer: Sealer,
    private readonly logger: Logger,
  ) {}

  /**
   * The enabled checks of hosts, passwords opened. One whose password does not open is polled as what is unhealthy for
   * that reason.
   */
  async loadChecks(db: Db, hostIds: readonly string[]): Promise<PolledCheck[]> {
    const rows = await findEnabledChecks(db, hostIds);
    await this.sealer.learnKeys(keyIdsOf(rows));
    return rows.map((row) => {
      const { id, host_id: hostId, name, revision, status } = row;
      return { id, hostId, name, revision, status, target: this.targetOf(row) };
    });
  }

  private targetOf(row: CheckRow): ProbeTarget {
    try {
      return toProbe(row, openPassword(this.sealer, row));
    } catch (err) {
      if (!(err instanceof UnsealError)) throw err;
      this.logger.error({ err, check_id: row.id }, 'the password of a check cannot be opened');
      return toProbeWithoutPassword(row);
    }
  }
}
