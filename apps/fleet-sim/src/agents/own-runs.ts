import { runCancel, runOrder, runPayload, runPayloadText } from '@patchgate/contracts/agent';
import type { RunOrder, RunReport } from '@patchgate/contracts/agent';
import { createHash } from 'node:crypto';

import { done, refused } from './answer.js';
import type { Answer, Question } from './answer.js';
import { refusalOf } from './host-routes.js';
import type { HostState } from './host-state.js';

interface Run {
  order: RunOrder;
  report: RunReport;
}

const ended = ['succeeded', 'failed', 'cancelled'];

/** The runs of an agent of ours, written from the contract alone. */
export class OwnRuns {
  #runs = new Map<string, Run>();

  constructor(private readonly host: HostState) {}

  /** @returns null for other questions */
  answer({ method, path, query, body }: Question): Answer | null {
    const [, id, verb] = /^\/runs\/([0-9a-f-]{36})(?:\/(cancel|acknowledge))?$/.exec(path) ?? [];
    if (id === undefined) return null;
    if (verb === undefined && method === 'PUT') return this.#put(id, body);
    if (verb === undefined && method === 'GET') return this.#get(id, Number(query.get('after') ?? 0));
    if (verb === 'cancel' && method === 'POST') return this.#cancel(id, body);
    if (verb === 'acknowledge' && method === 'POST') return this.#acknowledge(id);
    return null;
  }

  /** The journal is lost. A transaction that was begun goes on. */
  forget(): void {
    this.#runs = new Map();
  }

  /** The runs that restarted their host have ended, for it is up again. */
  rebooted(): void {
    for (const { report } of this.#runs.values()) {
      if (report.state === 'rebooting') this.#end(report, { state: 'succeeded', reboot_needed: false });
    }
  }

  #put(id: string, body: unknown): Answer {
    const { success, data: order } = runOrder.safeParse(body);
    if (!success) return refused(400, 'VALIDATION_ERROR', 'the order does not fit the contract');
    if (hashOf(order) !== order.payload_sha256)
      return refused(400, 'VALIDATION_ERROR', 'payload_sha256: another hash');
    if (order.agent_epoch !== undefined && order.agent_epoch !== this.host.agentEpoch)
      return this.#refuse(id, 409, 'OTHER_JOURNAL', 'the order was meant for a journal that is lost');
    const known = this.#runs.get(id);
    if (known && !this.host.script.forgets_orders) return this.#again(known, order);
    const refusal = refusalOf(this.host);
    if (refusal) return refusal;
    const busy = [...this.#runs.values()].find(({ report }) => !ended.includes(report.state));
    if (busy || this.host.isChangingPackages)
      return this.#refuse(id, 423, 'HOST_BUSY', `run ${busy?.report.run_id ?? 'of before'} is under way`);
    if (new Date(order.not_after) <= new Date())
      return this.#refuse(id, 408, 'TOO_LATE', 'not_after has passed');
    const run = { order, report: this.#accepted(id) };
    this.#runs.set(id, run);
    if (this.host.script.start_ms === 0) this.#begin(run);
    else setTimeout(() => this.#begin(run), this.host.script.start_ms);
    return done(run.report, 201);
  }

  #again(known: Run, order: RunOrder): Answer {
    const id = known.report.run_id;
    if (known.report.state === 'cancelled')
      return this.#refuse(id, 410, 'RUN_CANCELLED', 'the run was cancelled');
    if (known.order.payload_sha256 !== order.payload_sha256)
      return this.#refuse(id, 409, 'RUN_CONFLICT', 'another order has this id');
    if (order.fence < known.order.fence)
      return this.#refuse(id, 412, 'STALE_FENCE', 'a later owner has ordered');
    known.order = order;
    return done(known.report);
  }

  #refuse(id: string, status: number, code: string, message: string): Answer {
    this.host.ledger.add({ host_id: this.host.id, deed: 'order_refused', id, detail: code });
    return refused(status, code, message, status === 423);
  }

  #accepted(run_id: string): RunReport {
    const at = new Date().toISOString();
    return {
      ...{ run_id, state: 'accepted', phase: 'waiting', progress: 0, log: [], log_total: 0, exit_code: null },
      ...{ error: null, reboot_needed: null, boot_id_before: this.host.bootId, boot_id_after: null },
      ...{ agent_epoch: this.host.agentEpoch, accepted_at: at, started_at: null, ended_at: null },
    };
  }

  #begin({ order, report }: Run): void {
    if (report.state !== 'accepted') return;
    const started_at = new Date().toISOString();
    Object.assign(report, { state: 'running', phase: 'upgrading', progress: 10, started_at });
    this.host.beginTransaction({
      id: report.run_id,
      packages: order.packages,
      onLine: (line) => {
        report.log_total += 1;
        report.log.push({ seq: report.log_total, at: new Date().toISOString(), line });
      },
      onProgress: (progress) => Object.assign(report, { progress }),
      onEnd: (exit_code) => {
        report.exit_code = exit_code;
        const reboot_needed = this.host.pendingReboot;
        if (exit_code !== 0) this.#end(report, { state: 'failed', error: 'apt-get ended with 100' });
        else if (order.allow_reboot && reboot_needed && mayReboot(order)) this.#reboot(report);
        else this.#end(report, { state: 'succeeded', reboot_needed });
      },
    });
  }

  #reboot(report: RunReport): void {
    Object.assign(report, { state: 'rebooting', phase: 'rebooting', progress: 98, reboot_needed: true });
    this.host.reboot(report.run_id);
  }

  #end(report: RunReport, changes: Partial<RunReport>): void {
    Object.assign(report, {
      ...{ phase: 'ended', progress: 100, boot_id_after: this.host.bootId },
      ...{ ended_at: new Date().toISOString() },
      ...changes,
    });
  }

  #get(id: string, after: number): Answer {
    const run = this.#runs.get(id);
    if (!run) return unknownRun;
    return done({ ...run.report, log: run.report.log.filter(({ seq }) => seq > after) });
  }

  #cancel(id: string, body: unknown): Answer {
    const { success, data } = runCancel.safeParse(body ?? {});
    if (!success) return refused(400, 'VALIDATION_ERROR', 'the fence is a number');
    const run = this.#runs.get(id);
    if (run && run.report.state === 'cancelled') return done(run.report);
    if (run && data.fence !== undefined && data.fence < run.order.fence)
      return this.#refuse(id, 412, 'STALE_FENCE', 'a later owner has ordered');
    if (run && run.report.state !== 'accepted')
      return refused(409, 'TOO_LATE_TO_CANCEL', 'the package transaction has begun');
    const report = run?.report ?? this.#accepted(id);
    this.#end(report, { state: 'cancelled' });
    this.#runs.set(id, { order: run?.order ?? nothingOrdered, report });
    return done(report);
  }

  #acknowledge(id: string): Answer {
    const run = this.#runs.get(id);
    if (!run) return unknownRun;
    if (!ended.includes(run.report.state)) return refused(409, 'RUN_NOT_ENDED', 'the run has not ended');
    this.host.ledger.add({ host_id: this.host.id, deed: 'acknowledged', id });
    Object.assign(run.report, { log: [], log_total: 0 });
    return done(run.report);
  }
}

const unknownRun = refused(404, 'RUN_NOT_FOUND', 'there is no such run');

const mayReboot = ({ reboot_not_after }: RunOrder): boolean =>
  reboot_not_after === null || new Date() <= new Date(reboot_not_after);

/** The tombstone of a run that was cancelled before it came. */
const nothingOrdered: RunOrder = {
  ...{ fence: 0, payload_sha256: '', packages: null, allow_reboot: false, reboot_delay_seconds: 0 },
  ...{ reboot_not_after: null, not_after: '1970-01-01T00:00:00.000Z', valid_for_ms: 1 },
};

const hashOf = (order: RunOrder): string => {
  const { packages, allow_reboot, reboot_delay_seconds } = order;
  const payload = runPayload.parse({ packages, allow_reboot, reboot_delay_seconds });
  return createHash('sha256').update(runPayloadText(payload)).digest('hex');
};
