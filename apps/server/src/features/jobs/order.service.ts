import { Injectable } from '@nestjs/common';
import type {
  JobPreviewView,
  JobRequest,
  PatchJobView,
  PendingPackagesRequest,
  PendingPackagesView,
} from '@patchgate/contracts';
import { firstReasons } from '@patchgate/domain';
import type { Schedule } from '@patchgate/domain';
import { DataSource } from 'typeorm';
import { invalidField, notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { violatedForeignKey, violatedUnique } from '../../platform/database/failure.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { newId } from '../../platform/ids/new-id.js';
import { tellOfRuns } from '../runs/tell-of-runs.js';
import { HostWindows } from '../windows/host-windows.js';
import { readSetting } from '../settings/read-setting.js';
import { JobService } from './job.service.js';
import { countKinds, countMeant } from './meant-patches.repository.js';
import { insertJob, insertRuns } from './new-job.repository.js';
import { orderName } from './order-name.js';
import { previewView } from './preview.views.js';
import type { OrderedHost } from './ordered-host.row.js';
import { findOrderedHosts, seesAll } from './ordered-hosts.repository.js';
import { planOrder } from './plan-order.js';
import type { OrderPlan } from './plan-order.js';
import { listPendingPackages } from './pending-packages.repository.js';
import { refusal, refuseImpossible } from './refuse-order.js';

type Meant = Pick<JobRequest, 'host_ids' | 'group_ids' | 'left_out_host_ids'>;

const mostHosts = 20_000;
const minuteMs = 60_000;

/** What an order would do, and orders. */
@Injectable()
export class OrderService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly windows: HostWindows,
    private readonly jobs: JobService,
  ) {}

  async preview(viewer: Principal, request: JobRequest): Promise<JobPreviewView> {
    const db = this.dataSource.manager;
    const now = this.clock.now();
    const { hosts, plan } = await this.#plan(db, viewer, request, now);
    const hostIds = hosts.map(({ id }) => id);
    const [patches, kinds, noChecks] = await Promise.all([
      countMeant(db, hostIds, request),
      countKinds(db, hostIds, request),
      readSetting(db, 'gate.no_checks'),
    ]);
    const name = request.name ?? orderName(request, now);
    return previewView({ name, request, hosts, plan, patches, kinds, noChecks });
  }

  /** What is outstanding on the hosts of an order, to choose from while it is put together. */
  async pendingPackages(viewer: Principal, request: PendingPackagesRequest): Promise<PendingPackagesView> {
    const db = this.dataSource.manager;
    const hosts = await this.#hosts(db, viewer, { ...request, left_out_host_ids: [] }, this.clock.now());
    const hostIds = hosts.map(({ id }) => id);
    return listPendingPackages(db, hostIds, request);
  }

  /**
   * @param retryOf the job whose failed hosts are tried again
   * @throws AppError when one host cannot be had, or the windows make the order impossible
   */
  async create(caller: Caller, request: JobRequest, retryOf: string | null = null): Promise<PatchJobView> {
    try {
      return await this.unitOfWork.run(caller, async (tx) => {
        const { hosts, plan } = await this.#plan(tx.db, caller.principal, request, tx.now);
        refuseImpossible(plan);
        const id = await insertOrder(tx, caller.principal, { request, hosts, plan, retryOf });
        return this.jobs.get(caller.principal, id, tx.db);
      });
    } catch (error) {
      throw await this.#lostRace(caller.principal, request, error);
    }
  }

  /** Two orders for one host at the same time: the second finds out from the database, or that the host is gone. */
  async #lostRace(viewer: Principal, request: JobRequest, error: unknown): Promise<unknown> {
    if (violatedForeignKey(error) === 'patch_job_hosts_host_id_fkey') return notFound();
    if (violatedUnique(error) !== 'patch_job_hosts_active_key') return error;
    const hosts = await this.#hosts(this.dataSource.manager, viewer, request, this.clock.now());
    return refusal(
      'host_busy',
      hosts.filter(({ busy_run_id }) => busy_run_id !== null),
      error,
    );
  }

  async #plan(
    db: Db,
    viewer: Principal,
    request: JobRequest,
    now: Date,
  ): Promise<{ hosts: OrderedHost[]; plan: OrderPlan }> {
    const hosts = await this.#hosts(db, viewer, request, now);
    const rules = await this.windows.rulesOf(
      db,
      hosts.map(({ id }) => id),
    );
    return { hosts, plan: planOrder({ hosts, rules, request, schedule: scheduleOf(request, now), now }) };
  }

  /** All or nothing, and nothing is never everything (SEC-A3). */
  async #hosts(db: Db, viewer: Principal, request: Meant, now: Date): Promise<OrderedHost[]> {
    const scope = {
      hostIds: [...new Set(request.host_ids)],
      groupIds: [...new Set(request.group_ids)],
      leftOutIds: request.left_out_host_ids,
    };
    if (!(await seesAll(db, viewer, scope))) throw notFound();
    const hosts = await findOrderedHosts(db, viewer, scope, { now, limit: mostHosts + 1 });
    if (hosts.length === 0)
      throw invalidField('group_ids', 'there is no host in these groups, or all of them are left out');
    if (hosts.length > mostHosts) {
      throw invalidField('group_ids', `a job has at most ${mostHosts} hosts, and these are more`);
    }
    return hosts;
  }
}

function scheduleOf({ schedule, deadline_minutes }: JobRequest, now: Date): Schedule {
  switch (schedule) {
    case 'now':
      return { kind: 'now', deadlineAt: now.getTime() + deadline_minutes * minuteMs };
    case 'window':
      return { kind: 'window' };
  }
}

interface Order {
  readonly request: JobRequest;
  readonly hosts: readonly OrderedHost[];
  readonly plan: OrderPlan;
  readonly retryOf: string | null;
}

async function insertOrder(
  { db, now, audit }: Tx,
  { userId }: Principal,
  { request, hosts, plan: { placed }, retryOf }: Order,
): Promise<string> {
  const id = newId();
  const { host_ids, deadline_minutes: _minutes, ...order } = request;
  const name = request.name ?? orderName(request, now);
  const schedule = scheduleOf(request, now);
  const deadlineAt = schedule.kind === 'now' ? new Date(schedule.deadlineAt) : null;
  const number = await insertJob(db, { ...order, id, name, createdBy: userId, deadlineAt, retryOf }, now);
  const reasons = firstReasons(placed, { maxInFlight: request.max_in_flight });
  const runs = placed.map(({ host, position, batch, window }, index) => ({
    ...{ id: newId(), hostId: host.id, position, batch, reason: reasons[index] ?? null },
    ...{ opensAt: new Date(window.opensAt), closesAt: new Date(window.closesAt) },
  }));
  await insertRuns(db, id, runs);
  audit({
    action: 'patch_job.create',
    objectType: 'patch_job',
    objectId: id,
    details: { ...order, name, number, host_ids, hosts: hosts.length, retry_of: retryOf },
  });
  await tellOfRuns(
    db,
    runs.map((run) => ({ id: run.id, jobId: id, hostId: run.hostId })),
  );
  const hostIds = runs.map(({ hostId }) => hostId);
  await publish(db, 'host', hostIds);
  await publish(db, 'overview', hostIds);
  return id;
}
