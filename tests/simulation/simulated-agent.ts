import type { AgentReport } from '@patchgate/domain';

/** What one of our orders says. */
export interface Order {
  readonly runId: string;
  readonly fence: number;
  /** Of the journal it is meant for; null where it does not say. */
  readonly epoch: number | null;
  /** Nothing begins, and no machine restarts, from then on. */
  readonly notAfter: number;
  readonly allowReboot: boolean;
}

export type OrderAnswer =
  | { readonly kind: 'taken'; readonly report: AgentReport }
  | { readonly kind: 'busy' | 'stale' | 'cancelled' | 'too_late' | 'refused' | 'other_journal' };

export interface CancelAnswer {
  readonly kind: 'cancelled' | 'too_late' | 'stale';
  readonly epoch: number;
}

export interface JobOfAgent {
  readonly id: number;
  readonly state: 'running' | 'succeeded' | 'failed' | 'lost';
}

/** What the machine under an agent does by chance. */
export interface MachineLuck {
  readonly transactionMs: () => number;
  readonly isGood: () => boolean;
  readonly rebootNeeded: () => boolean;
  /** Null: it never comes back. */
  readonly restartMs: () => number | null;
  /** The agent will not have it, now or ever. */
  readonly refusal: () => 'busy' | 'refused' | null;
  /** How long after an order the journal is gone; null when it is kept. */
  readonly losesJournalAfterMs: () => number | null;
}

export const reportOf = (state: AgentReport['state'], changes: Partial<AgentReport> = {}): AgentReport => ({
  ...{ state, error: null, rebootNeeded: null, hasRebooted: false, rebootsItself: false },
  ...changes,
});
