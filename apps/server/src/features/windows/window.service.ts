import { Injectable } from '@nestjs/common';
import type { ScheduleInput, WindowChange, WindowInput } from '@patchgate/contracts';
import { occurrences, skippedMonths } from '@patchgate/domain';
import { DataSource } from 'typeorm';
import { AppError, notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { violatedForeignKey } from '../../platform/database/failure.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { isId, isText, readCursor, toPage } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/new-id.js';
import { ReplanRuns } from '../runs/replan-runs.js';
import { readableSchedule } from './readable-schedule.js';
import { auditOfWindow } from './audit-of-window.js';
import { activityOf } from './window-activity.repository.js';
import {
  countWindows,
  deleteWindow,
  enabledWindows,
  findWindow,
  hostsOfWindow,
  insertWindow,
  isHostInReach,
  listWindows,
  listWindowsOfHost,
  lockWindow,
  updateWindow,
} from './window.repository.js';
import type { WindowFilter, WindowScope } from './window.repository.js';
import { ruleOf } from './window.row.js';
import type { WindowRow } from './window.row.js';

interface WindowQuery extends WindowFilter {
  limit: number;
  cursor?: string | undefined;
}

const previewed = 10;

@Injectable()
export class WindowService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly replan: ReplanRuns,
  ) {}

  async list(viewer: Principal, { limit, cursor, ...filter }: WindowQuery) {
    const after = readCursor<[string, string]>(cursor, [isText, isId]);
    const db = this.dataSource.manager;
    const [rows, total] = await Promise.all([
      listWindows(db, viewer, { filter, after, limit: limit + 1 }),
      countWindows(db, viewer, filter),
    ]);
    return { ...toPage(rows, limit, ({ name, id }) => [name.toLowerCase(), id]), total };
  }

  async get(viewer: Principal, id: string, db: Db = this.dataSource.manager): Promise<WindowRow> {
    const window = await findWindow(db, viewer, id);
    if (!window) throw notFound();
    return window;
  }

  /** All that count for a host, also those the viewer may not read: what they make of it he may know. */
  async ofHost(viewer: Principal, hostId: string) {
    const db = this.dataSource.manager;
    if (!(await isHostInReach(db, viewer, hostId))) throw notFound();
    return listWindowsOfHost(db, viewer, hostId);
  }

  /** What happens in the windows that are open now. */
  async activity(viewer: Principal) {
    const db = this.dataSource.manager;
    const now = this.clock.now();
    const open = (await enabledWindows(db, viewer)).flatMap((window) => {
      const [occurrence] = occurrences(ruleOf(window), { from: now.getTime(), limit: 1 });
      const isOpen = occurrence !== undefined && occurrence.opensAt <= now.getTime();
      return isOpen ? [{ ...window, opensAt: new Date(occurrence.opensAt) }] : [];
    });
    return open.length === 0 ? [] : activityOf(db, open, now);
  }

  preview(input: ScheduleInput) {
    const schedule = readableSchedule(input);
    const rule = ruleOf({ id: '', enabled: true, ...schedule });
    const coming = occurrences(rule, { from: this.clock.now().getTime(), limit: previewed });
    const [first, last] = [coming.at(0), coming.at(-1)];
    const { recurrence } = schedule;
    if (first === undefined || last === undefined || recurrence.freq !== 'monthly') {
      return { coming, skipped: [] };
    }
    return { coming, skipped: skippedMonths(recurrence, first.localStart, last.localStart) };
  }

  create(caller: Caller, input: WindowInput): Promise<WindowRow> {
    return this.unitOfWork.run(caller, async (tx) => {
      const { db, now, audit } = tx;
      const { name, enabled, host_id = null, group_id = null, ...schedule } = input;
      const window = { id: newId(), name, enabled, host_id, group_id, ...readableSchedule(schedule) };
      await withinScope(() => insertWindow(db, window, now));
      audit(auditOfWindow('create', window));
      await this.#ofHosts(tx, window);
      return this.get(caller.principal, window.id, db);
    });
  }

  update(caller: Caller, id: string, change: WindowChange): Promise<WindowRow> {
    return this.unitOfWork.run(caller, async (tx) => {
      const { db, now, audit } = tx;
      const before = await this.lock(caller.principal, id, db);
      const { host_id, group_id } = before;
      const { name, enabled = before.enabled, ...schedule } = change;
      const window = { id, name, enabled, host_id, group_id, ...readableSchedule(schedule) };
      await updateWindow(db, window, now);
      audit(auditOfWindow('update', window, before));
      await this.#ofHosts(tx, window);
      return this.get(caller.principal, id, db);
    });
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async (tx) => {
      const { db, audit } = tx;
      const window = await this.lock(caller.principal, id, db);
      await deleteWindow(db, id);
      audit(auditOfWindow('delete', window));
      await this.#ofHosts(tx, window);
    });
  }

  /** What a change of a window owes to the hosts that it counts for, and to their runs. */
  async #ofHosts(tx: Tx, window: WindowScope): Promise<void> {
    const hostIds = await hostsOfWindow(tx.db, window);
    await this.replan.ofHosts(tx, hostIds);
    await tellOfHosts(tx.db, hostIds);
  }

  private async lock(viewer: Principal, id: string, db: Db): Promise<WindowRow> {
    const window = await lockWindow(db, viewer, id);
    if (!window) throw notFound();
    return window;
  }
}

/** Whoever sees one of these hosts sees its windows; administrators also those that count for no host yet. */
async function tellOfHosts(db: Db, hostIds: readonly string[]): Promise<void> {
  await publish(db, 'host', hostIds);
  await publish(db, 'overview', []);
}

const scopeFields: Record<string, keyof WindowScope> = {
  maintenance_windows_host_id_fkey: 'host_id',
  maintenance_windows_group_id_fkey: 'group_id',
};

async function withinScope(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const path = scopeFields[violatedForeignKey(error) ?? ''];
    if (path === undefined) throw error;
    const message = `there is no such ${path === 'host_id' ? 'host' : 'group'}`;
    throw new AppError('invalid_request', message, { cause: error, issues: [{ path, message }] });
  }
}
