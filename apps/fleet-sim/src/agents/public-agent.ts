import { randomUUID } from 'node:crypto';

import { done, refused } from './answer.js';
import type { Answer, Question } from './answer.js';
import { answerOfHost, healthOf, refusalOf } from './host-routes.js';
import type { HostState } from './host-state.js';

interface Job {
  readonly job_id: string;
  readonly operation: string;
  status: string;
  readonly created_at: string;
  completed_at: string | null;
  packages: string[];
  error_code?: string;
  progress: number;
  message: string;
  readonly logs: string[];
  exit_code?: number;
}

const active = ['pending', 'running', 'rebooting'];
const mostActive = 100;
/** What it takes for the day's severity, by name (agent-contract.md, 1.8). */
const severityOf = (name: string): string =>
  /kernel|linux|ssl|security/.test(name) ? 'critical' : name.startsWith('lib') ? 'high' : 'medium';

/** What somebody else has ordered; it takes for ever. */
const foreignJob = {
  ...{
    job_id: randomUUID(),
    operation: 'install',
    status: 'running',
    created_at: '2026-01-01T00:00:00.000Z',
  },
  ...{ completed_at: null, packages: ['nginx'] },
};

/** An agent as users run it already, traps and all; it knows nothing of runs and orders it gets twice it does twice. */
export class PublicAgent {
  #jobs: Job[] = [];

  constructor(private readonly host: HostState) {}

  answer(question: Question): Answer {
    const { method, path } = question;
    if (method === 'GET' && path === '/health') return done(healthOf(this.host, '2.5.6'));
    if (method === 'GET' && path === '/patches') return done(this.#patches());
    if (method === 'POST' && path === '/patches/apply') return this.#apply(question.body);
    if (method === 'POST' && path === '/system/reboot') return this.#reboot();
    if (method === 'GET' && path === '/jobs') return this.#list(question.query);
    const [, id] = /^\/jobs\/([\w-]+)$/.exec(path) ?? [];
    if (id !== undefined && method === 'GET') return this.#one(id);
    return (
      answerOfHost(this.host, question) ?? {
        status: 405,
        body: '',
        headers: { allow: 'GET, POST, PUT, DELETE' },
      }
    );
  }

  /** What was under way has failed, whatever becomes of the packages. */
  restart(losesHistory: boolean): void {
    if (losesHistory) this.#jobs = [];
    for (const job of this.#jobs.filter(({ status }) => active.includes(status))) {
      if (job.status === 'rebooting') this.#end(job, 'completed', 'rebooted');
      else {
        job.error_code = 'AGENT_REBOOTED';
        this.#end(job, 'failed', 'the agent was restarted');
      }
    }
  }

  #patches() {
    const { patches } = this.host.script;
    return {
      patches: patches.map(({ name, available_version, requires_reboot }) => ({
        // The new version stands where the old one belongs, and the architecture in its place.
        ...{
          name,
          current_version: available_version,
          available_version: '[amd64]',
          severity: severityOf(name),
        },
        ...{ description: '', cve_ids: [], requires_reboot },
      })),
      total: patches.length,
      security_updates: patches.filter(({ name }) => severityOf(name) !== 'medium').length,
      requires_reboot: patches.some(({ requires_reboot }) => requires_reboot),
    };
  }

  #apply(body: unknown): Answer {
    if (this.#active().length >= mostActive || this.host.script.queue_full)
      return refused(429, 'QUEUE_FULL', 'job queue is full', true);
    const refusal = refusalOf(this.host);
    if (refusal) return refusal;
    const { packages, allow_reboot = false } = (body ?? {}) as {
      packages?: string[];
      allow_reboot?: boolean;
    };
    const job = this.#create('patchapply', [`${packages?.length ?? 'all'} packages`]);
    this.#startNext(job, packages ?? null, allow_reboot);
    return done(
      { job_id: job.job_id, status: 'pending', operation: 'patch_apply', packages: job.packages },
      202,
    );
  }

  /** A second order waits for the first: it is not refused. */
  #startNext(job: Job, packages: string[] | null, allowReboot: boolean): void {
    if (job.status !== 'pending') return;
    if (this.host.isChangingPackages) {
      setTimeout(() => this.#startNext(job, packages, allowReboot), 10).unref();
      return;
    }
    Object.assign(job, { status: 'running', progress: 10, message: 'applying patches' });
    const onLine = (line: string) => job.logs.push(line);
    // An empty list does nothing at all here, and everything on other systems.
    if (packages?.length === 0) {
      this.#end(job, 'completed', 'nothing to do');
      return;
    }
    this.host.beginTransaction({
      ...{ id: job.job_id, packages, onLine },
      onEnd: (exitCode) => {
        if (job.status !== 'running') return;
        job.exit_code = exitCode;
        if (exitCode !== 0) this.#end(job, 'failed', 'apt-get ended with 100');
        else if (allowReboot && this.host.pendingReboot) {
          job.status = 'rebooting';
          this.host.reboot(job.job_id);
        } else this.#end(job, 'completed', 'done');
      },
    });
  }

  #reboot(): Answer {
    if (this.#active().length > 0 || this.host.script.has_foreign_job)
      return refused(409, 'REBOOT_BLOCKED', 'jobs are active');
    const job = this.#create('reboot', []);
    job.status = this.host.script.ignores_reboots ? 'completed' : 'rebooting';
    this.host.reboot(job.job_id);
    return done(
      {
        ...{ job_id: job.job_id, status: 'pending', operation: 'reboot', scheduled_at: job.created_at },
        ...{ delay_seconds: 0, force: false },
      },
      202,
    );
  }

  #list(query: URLSearchParams): Answer {
    const jobs = this.#jobs
      .toReversed()
      .slice(0, Number(query.get('limit') ?? 50))
      .map(({ job_id, operation, status, created_at, completed_at, packages, error_code }) => ({
        ...{ job_id, operation, status, created_at, completed_at, packages },
        ...(error_code !== undefined && { error_code }),
      }));
    const all = this.host.script.has_foreign_job ? [foreignJob, ...jobs] : jobs;
    return done({ jobs: all, total: all.length });
  }

  #one(id: string): Answer {
    const job = this.#jobs.find(({ job_id }) => job_id === id);
    if (!job) return refused(404, 'JOB_NOT_FOUND', 'job not found');
    return done({ ...job, error: null, exclusive_mode: false });
  }

  #active = (): Job[] => this.#jobs.filter(({ status }) => active.includes(status));

  #create(operation: string, packages: string[]): Job {
    const job: Job = {
      ...{ job_id: randomUUID(), operation, status: 'pending', created_at: new Date().toISOString() },
      ...{ completed_at: null, packages, progress: 0, message: 'queued', logs: [] },
    };
    this.#jobs.push(job);
    return job;
  }

  #end(job: Job, status: string, message: string): void {
    Object.assign(job, { status, message, progress: 100, completed_at: new Date().toISOString() });
  }
}
