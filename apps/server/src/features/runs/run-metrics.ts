import type { Run, RunReason, RunStatus } from '@patchgate/domain';
import { Counter, Gauge } from '@patchgate/service-health';
import type { Registry } from '@patchgate/service-health';

type GateDecision = 'opened' | 'held' | 'failed' | 'ended';

/** What the gate and the runs tell Prometheus; never a job, a host or an id as a label. */
export class RunMetrics {
  readonly #decisions;
  readonly #runs;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#decisions = new Counter({
      name: 'gate_decisions_total',
      help: 'Looks at the gates of runs: opened, held by something else than a check, failed by its checks, or ended.',
      labelNames: ['decision', 'reason'],
      registers,
    });
    this.#runs = new Gauge({
      name: 'runs',
      help: 'Runs that have not ended, and those of which nobody knows whether they have.',
      labelNames: ['status'],
      registers,
    });
  }

  decided({ status, reason }: Pick<Run, 'status' | 'reason'>): void {
    this.#decisions.inc({ decision: decisionOf(status, reason), reason: reason ?? 'none' });
  }

  counted(counts: Readonly<Partial<Record<RunStatus, number>>>): void {
    for (const status of countedStatuses) this.#runs.set({ status }, counts[status] ?? 0);
  }
}

const countedStatuses = [
  'queued',
  'waiting_health_check',
  'dispatching',
  'running',
  'rebooting',
  'verifying',
  'indeterminate',
] as const satisfies RunStatus[];

function decisionOf(status: RunStatus, reason: RunReason | null): GateDecision {
  switch (status) {
    case 'dispatching':
      return 'opened';
    case 'queued':
      return 'held';
    case 'waiting_health_check':
      return reason === 'check_failed' || reason === 'check_error' ? 'failed' : 'held';
    case 'running':
    case 'rebooting':
    case 'verifying':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'indeterminate':
      return 'ended';
  }
}
