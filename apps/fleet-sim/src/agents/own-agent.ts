import { runOrder, runPayload, runPayloadText } from '@patchgate/contracts/agent';
import type { RunOrder, RunReport } from '@patchgate/contracts/agent';
import { createHash, randomUUID } from 'node:crypto';

import { done, refused } from './answer.js';
import type { Answer, Question } from './answer.js';
import { answerOfHost, healthOf } from './host-routes.js';
import type { HostState } from './host-state.js';

interface Run {
  order: RunOrder;
  report: RunReport;
}

const ended = ['succeeded', 'failed', 'cancelled'];

/** An agent that takes runs under the manager's ids, written from the contract alone. */
export class OwnAgent {
  #runs = new Map<string, Run>();

  constructor(private readonly host: HostState) {}

  answer(question: Question): Answer {
    const { method, path, query, body } = question;
    if (method === 'GET' && path === '/health') return done(this.#health());
    if (method === 'GET' && path === '/patches') return done(this.#patches());
    if (method === 'POST' && path === '/system/reboot') return this.#reboot();
    const [, id, verb] = /^\/runs\/([0-9a-f-]{36})(\/cancel)?$/.exec(path) ?? [];
    if (id !== undefined && verb === undefined && method === 'PUT') return this.#put(id, body);
    if (id !== undefined && verb === undefined && method === 'GET')
      return this.#get(id, Number(query.get('after') ?? 0));
    if (id !== undefined && verb !== undefined && method === 'POST') return this.#cancel(id);
    return answerOfHost(this.host, question) ?? refused(404, 'NOT_FOUND', `there is no ${method} ${path}`);
  }

  /** After a loss of the journal nothing is known of what was done, and the epoch says so. */
  restart(losesJournal: boolean): void {
    if (!losesJournal) return;
    this.#runs = new Map();
    this.host.agentEpoch = randomUUID();
  }

  #health() {
    const { agentEpoch: agent_epoch, bootId: boot_id } = this.host;
    return {
      ...healthOf(this.host, '0.1.0'),
      capabilities: ['idempotent-runs', 'renew-certificate'],
      agent_epoch,
      boot_id,
    };
  }

  #patches() {
    const { patches } = this.host.script;
    return {
      patches: patches.map((patch) => ({ ...patch, severity: 'unknown', description: '', cve_ids: [] })),
      total: patches.length,
      security_updates: patches.filter(({ security }) => security).length,
      requires_reboot: patches.some(({ requires_reboot }) => requires_reboot),
    };
  }

  #reboot(): Answer {
    if (this.host.isChangingPackages) return refused(409, 'REBOOT_BLOCKED', 'packages are being changed');
    const job_id = randomUUID();
    this.host.reboot(job_id);
    return done(
      {
        ...{ job_id, status: 'pending', operation: 'reboot', scheduled_at: new Date().toISOString() },
        ...{ delay_seconds: 0, force: false },
      },
      202,
    );
  }

  #put(id: string, body: unknown): Answer {
    const { success, data: order } = runOrder.safeParse(body);
    if (!success) return refused(400, 'VALIDATION_ERROR', 'the order does not fit the contract');
    if (hashOf(order) !== order.payload_sha256)
      return refused(400, 'VALIDATION_ERROR', 'payload_sha256: another hash');
    const known = this.#runs.get(id);
    if (known) return this.#again(known, order);
    const busy = [...this.#runs].find(([, { report }]) => !ended.includes(report.state));
    if (busy) return this.#refuse(id, 423, 'HOST_BUSY', `another run is under way: ${busy[0]}`);
    if (new Date(order.not_after) <= new Date())
      return this.#refuse(id, 408, 'TOO_LATE', 'not_after has passed');
    const run = { order, report: this.#accepted(id) };
    this.#runs.set(id, run);
    this.#begin(run);
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
    Object.assign(report, {
      state: 'running',
      phase: 'upgrading',
      progress: 10,
      started_at: new Date().toISOString(),
    });
    this.host.beginTransaction({
      id: report.run_id,
      packages: order.packages,
      onLine: (line) => {
        report.log_total += 1;
        report.log.push({ seq: report.log_total, at: new Date().toISOString(), line });
      },
      onEnd: (exitCode) => {
        const reboots = exitCode === 0 && order.allow_reboot && this.host.pendingReboot;
        Object.assign(report, {
          ...{
            state: exitCode === 0 ? 'succeeded' : 'failed',
            phase: 'ended',
            progress: 100,
            exit_code: exitCode,
          },
          ...{
            error: exitCode === 0 ? null : 'apt-get ended with 100',
            reboot_needed: this.host.pendingReboot,
          },
          ended_at: new Date().toISOString(),
        });
        if (reboots) this.host.reboot(report.run_id);
        report.boot_id_after = this.host.bootId;
      },
    });
  }

  #get(id: string, after: number): Answer {
    const run = this.#runs.get(id);
    if (!run) return refused(404, 'RUN_NOT_FOUND', 'there is no such run');
    return done({ ...run.report, log: run.report.log.filter(({ seq }) => seq > after) });
  }

  #cancel(id: string): Answer {
    const run = this.#runs.get(id);
    if (run && run.report.state !== 'accepted' && run.report.state !== 'cancelled')
      return refused(409, 'TOO_LATE_TO_CANCEL', 'the package transaction has begun');
    const report = {
      ...(run?.report ?? this.#accepted(id)),
      state: 'cancelled' as const,
      phase: 'ended' as const,
    };
    const order = run?.order ?? nothingOrdered;
    this.#runs.set(id, { order, report });
    return done(report);
  }
}

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
