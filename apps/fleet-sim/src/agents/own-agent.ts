import { randomUUID } from 'node:crypto';

import { done, refused } from './answer.js';
import type { Answer, Question } from './answer.js';
import { answerOfHost, healthOf } from './host-routes.js';
import type { HostState } from './host-state.js';
import { OwnRuns } from './own-runs.js';

/** An agent that takes runs under the manager's ids, written from the contract alone. */
export class OwnAgent {
  readonly #runs: OwnRuns;

  constructor(private readonly host: HostState) {
    this.#runs = new OwnRuns(host);
  }

  answer(question: Question): Answer {
    const { method, path } = question;
    if (method === 'GET' && path === '/health') return done(this.#health());
    if (method === 'GET' && path === '/patches') return done(this.#patches());
    if (method === 'POST' && path === '/system/reboot') return this.#reboot();
    const answer = this.#runs.answer(question) ?? answerOfHost(this.host, question);
    return answer ?? refused(404, 'NOT_FOUND', `there is no ${method} ${path}`);
  }

  /** After a loss of the journal nothing is known of what was done, and the epoch says so. */
  restart(losesJournal: boolean): void {
    if (!losesJournal) return;
    this.#runs.forget();
    this.host.agentEpoch = randomUUID();
  }

  /** The machine is up again. */
  rebooted(): void {
    this.#runs.rebooted();
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
}
