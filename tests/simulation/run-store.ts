import {
  isInFlight,
  isTerminal,
  isUndispatched,
  pauseAfter,
  rollOutState,
  transition,
} from '@patchgate/domain';
import type {
  BatchCount,
  EndedRun,
  RollOut,
  RollOutState,
  Run,
  RunEffect,
  RunEvent,
  RunPolicy,
} from '@patchgate/domain';
import type { Window } from './ledger.js';
import type { Timeline } from './timeline.js';
import type { VerifiedPairs } from './world.js';

/** A row of runs. Only `RunStore` writes it, each time as one transaction would. */
export interface RunRow {
  readonly id: string;
  readonly host: number;
  readonly batch: number;
  readonly policy: RunPolicy;
  run: Run;
  window: Window | null;
  fence: number;
  crashes: number;
  /** Null: nobody has it. */
  leaseUntil: number | null;
  isCheckRequested: boolean;
  isCancelRequested: boolean;
  isCancelAnswered: boolean;
  isOverridden: boolean;
  /** An order may have been sent. */
  intentAt: number | null;
  epoch: number | null;
  jobsBefore: number;
  agentJob: number | null;
  rebootOrder: { readonly at: number; readonly uptimeMs: number; readonly bootId: number } | null;
  hasChecks: boolean;
  pairs: VerifiedPairs;
}

export type Facts = Partial<
  Pick<
    RunRow,
    'agentJob' | 'rebootOrder' | 'pairs' | 'isCancelAnswered' | 'isCheckRequested' | 'hasChecks' | 'intentAt'
  >
>;

/** A run that somebody has taken, as it was read then: it may be somebody else's by now, and other than it was. */
export interface Claim {
  readonly row: Readonly<RunRow>;
  readonly fence: number;
}

const leaseMs = 15_000;
const mostCrashes = 5;

/** The database, one transaction after the other: the rules of claims, leases and fences, and the locks of job and run. */
export class RunStore {
  rollOut: RollOut;
  isAllowed = true;
  mostInFlight = 0;

  constructor(
    private readonly timeline: Timeline,
    readonly rows: readonly RunRow[],
    limits: Pick<RollOut, 'maxInFlight' | 'maxFailures'>,
    private readonly hasFence: boolean,
    private readonly onDue: (id: string, at: number) => void,
  ) {
    this.rollOut = { ...limits, isPaused: false, failuresAccepted: 0, isCanaryAccepted: false };
  }

  /** Takes a run that is due and nobody has. */
  claim(id: string): Claim | null {
    const row = this.live(id);
    const { now } = this.timeline;
    const { run, leaseUntil } = row;
    if (leaseUntil !== null && leaseUntil > now) return null;
    const isDue = isUndispatched(run.status)
      ? ((row.isCheckRequested || (run.nextAttemptAt !== null && run.nextAttemptAt <= now)) &&
          !this.rollOut.isPaused &&
          now < (run.windowClosesAt ?? Infinity)) ||
        row.isCancelRequested
      : run.nextStepAt !== null && run.nextStepAt <= now;
    if (!isDue || run.isResolved) return null;
    row.fence += 1;
    row.crashes += 1;
    row.leaseUntil = now + leaseMs;
    if (row.crashes > mostCrashes) {
      this.save(
        { row: this.read(id), fence: row.fence },
        { kind: 'quarantined', detail: 'it has killed too many' },
      );
      return null;
    }
    // Should whoever takes it die, another one does.
    this.onDue(id, row.leaseUntil);
    return { row: this.read(id), fence: row.fence };
  }

  read(id: string): Readonly<RunRow> {
    return { ...this.live(id) };
  }

  isMine({ row: { id }, fence }: Claim): boolean {
    return !this.hasFence || this.live(id).fence === fence;
  }

  /** Returns until when it is leased, null when it is not ours any more. */
  renew({ row: { id }, fence }: Claim): number | null {
    const row = this.live(id);
    if (row.fence !== fence || row.leaseUntil === null) return null;
    row.leaseUntil = this.timeline.now + leaseMs;
    this.onDue(id, row.leaseUntil);
    return row.leaseUntil;
  }

  /**
   * Writes what an event makes of a run that is still ours, and lets it go unless an order is to follow.
   *
   * @returns null when it is somebody else's by now
   */
  save(claim: Claim, event: RunEvent, facts: Facts = {}): readonly RunEffect[] | null {
    if (!this.isMine(claim)) return null;
    const row = this.live(claim.row.id);
    Object.assign(row, facts);
    row.crashes = 0;
    const effects = this.apply(row, event);
    if (!effects.some(({ kind }) => kind === 'send_order')) row.leaseUntil = null;
    return effects;
  }

  /** Stored before an order goes out: from then on it may have arrived. */
  storeIntent(claim: Claim, intent: Pick<RunRow, 'epoch' | 'jobsBefore'>): boolean {
    const row = this.live(claim.row.id);
    if (!this.isMine(claim) || row.intentAt !== null) return false;
    Object.assign(row, intent, { intentAt: this.timeline.now, agentJob: null, rebootOrder: null });
    return true;
  }

  storeRebootOrder(claim: Claim, order: NonNullable<RunRow['rebootOrder']>): boolean {
    const row = this.live(claim.row.id);
    if (!this.isMine(claim) || row.rebootOrder !== null) return false;
    row.rebootOrder = order;
    return true;
  }

  /** Ends what was not dispatched when its window closes; it asks nobody who has the run. */
  closeWindow(id: string, reason: 'outside_window' | 'no_window'): void {
    const row = this.live(id);
    if (!isUndispatched(row.run.status)) return;
    row.fence += 1;
    row.leaseUntil = null;
    this.apply(row, { kind: 'window_closed', reason });
  }

  release(): void {
    const { now } = this.timeline;
    if (this.rollOut.isPaused) return;
    const { openBatch, freeSlots, isWithinBudget } = this.state();
    const waiting = this.rows.filter(({ run }) => isUndispatched(run.status));
    const asked = waiting.filter(({ run }) => run.nextAttemptAt !== null && run.status === 'queued');
    const ready = waiting.filter(
      ({ run, batch, window }) =>
        run.nextAttemptAt === null && batch <= openBatch && window !== null && window.opensAt <= now,
    );
    if (!isWithinBudget) return;
    for (const row of ready.slice(0, Math.max(0, freeSlots - asked.length)))
      this.apply(row, { kind: 'released' });
  }

  /** A transaction of its own: what people ask for. */
  change(id: string, facts: Partial<RunRow>): void {
    const row = this.live(id);
    Object.assign(row, facts);
    if (isInFlight(row.run.status)) row.run = { ...row.run, nextStepAt: this.timeline.now };
    this.onDue(id, this.timeline.now);
  }

  state(): RollOutState {
    const { now } = this.timeline;
    const counts = this.rows.map(({ run, batch, window }): BatchCount => ({
      ...{ batch, status: run.status, wasDispatched: run.dispatchedAt !== null, count: 1 },
      isReady:
        run.status === 'queued' &&
        (run.reason === null || run.reason === 'batch_wait') &&
        window !== null &&
        window.opensAt <= now,
    }));
    return rollOutState(this.rollOut, counts);
  }

  private live(id: string): RunRow {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new Error('there is no such run');
    return row;
  }

  resume(): void {
    const { failuresAccepted } = this.rollOut;
    const accepted = failuresAccepted + this.state().failures;
    this.rollOut = { ...this.rollOut, isPaused: false, isCanaryAccepted: true, failuresAccepted: accepted };
    for (const { id } of this.rows) this.onDue(id, this.timeline.now);
  }

  pause(): void {
    this.rollOut = { ...this.rollOut, isPaused: true };
  }

  private apply(row: RunRow, event: RunEvent): readonly RunEffect[] {
    const before = row.run;
    const { run, effects } = transition(before, event, row.policy, this.timeline.now);
    row.run = run;
    this.mostInFlight = Math.max(
      this.mostInFlight,
      this.rows.filter(({ run: { status } }) => isInFlight(status)).length,
    );
    if (isUndispatched(run.status) && !isUndispatched(before.status)) row.intentAt = null;
    const due = run.nextAttemptAt ?? run.nextStepAt;
    if (due !== null) this.onDue(row.id, due);
    if (effects.some(({ kind }) => kind === 'ended')) this.ended(row);
    return effects;
  }

  private ended({ batch, run }: RunRow): void {
    const { status } = run;
    if (!isTerminal(status) && status !== 'indeterminate') return;
    const pause = pauseAfter(this.rollOut, this.state(), { batch, status: status as EndedRun['status'] });
    if (pause !== null) this.rollOut = { ...this.rollOut, isPaused: true };
  }
}
