import { Injectable } from '@nestjs/common';
import { replanWindow } from '@patchgate/domain';
import type { WindowRule } from '@patchgate/domain';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { HostWindows } from '../windows/host-windows.js';
import { forgetHolds, lockPlanned, saveWindows } from './replan.repository.js';
import type { NewWindow, PlannedRun } from './replan.repository.js';
import { tellOfRuns } from './tell-of-runs.js';

/** Plans runs anew when the windows or groups of their hosts change, in the transaction that changes them. */
@Injectable()
export class ReplanRuns {
  constructor(private readonly windows: HostWindows) {}

  /** After the change: the rules are read as this transaction has left them. A window that is taken away closes now. */
  async ofHosts({ db, now }: Pick<Tx, 'db' | 'now'>, hostIds: readonly string[]): Promise<void> {
    if (hostIds.length === 0) return;
    const runs = await lockPlanned(db, hostIds);
    if (runs.length === 0) return;
    const rules = await this.windows.rulesOf(
      db,
      runs.map(({ hostId }) => hostId),
    );
    const changes = runs.map((run) => changeOf(run, rules.get(run.hostId) ?? [], now));
    await saveWindows(
      db,
      changes.filter((change) => change !== null),
    );
    await forgetHolds(
      db,
      runs.map(({ id }) => id),
    );
    await tellOfRuns(db, runs);
  }
}

/** The deadline of a job that starts now is moved by nobody; blackouts hold it and are looked at when it is its turn. */
function changeOf(run: PlannedRun, rules: readonly WindowRule[], now: Date): NewWindow | null {
  if (run.schedule === 'now') return null;
  const planned = { opensAt: run.opensAt.getTime(), closesAt: run.closesAt.getTime() };
  const plan = replanWindow(planned, rules, now.getTime());
  switch (plan.kind) {
    case 'keep':
      return null;
    case 'move':
      return { id: run.id, opensAt: new Date(plan.opensAt), closesAt: new Date(plan.closesAt) };
    case 'close':
      return { id: run.id, opensAt: plan.reason === 'no_window' ? null : run.opensAt, closesAt: now };
  }
}
