import { Injectable } from '@nestjs/common';
import type { ProbeTarget } from '@patchgate/probes';
import type { Db } from '../../platform/database/query.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { openPassword } from './basic-auth-password.js';
import { findEnabledChecks } from './health-check.repository.js';
import { toProbe } from './to-probe.js';

/** One check as the worker polls it. */
export interface PolledCheck {
  readonly id: string;
  readonly hostId: string;
  /** Goes with the result: what was measured is what the check was then. */
  readonly revision: number;
  readonly target: ProbeTarget;
}

@Injectable()
export class PolledChecks {
  constructor(private readonly sealer: Sealer) {}

  /**
   * The enabled checks of hosts, passwords opened, by host.
   *
   * @throws UnsealError when a password was not sealed for its check
   */
  async loadChecks(db: Db, hostIds: readonly string[]): Promise<PolledCheck[]> {
    const rows = await findEnabledChecks(db, hostIds);
    return rows.map((row) => ({
      id: row.id,
      hostId: row.host_id,
      revision: row.revision,
      target: toProbe(row, openPassword(this.sealer, row)),
    }));
  }
}
