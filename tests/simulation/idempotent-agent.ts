import type { AgentReport } from '@patchgate/domain';
import type { Machine } from './machine.js';
import { reportOf } from './simulated-agent.js';
import type { CancelAnswer, Order, OrderAnswer } from './simulated-agent.js';

interface Journalled {
  readonly order: Order;
  readonly bootId: number;
  fence: number;
  state: AgentReport['state'];
  rebootNeeded: boolean;
}

/** Between the record in the journal and the first package. */
const beginsAfterMs = 400;

/** The agent that takes runs: an order is in its journal before it is answered, and is carried out once. */
export class IdempotentAgent {
  readonly takesRuns = true;
  epoch = 0;
  private journal = new Map<string, Journalled>();
  private readonly tombstones = new Set<string>();

  constructor(
    readonly machine: Machine,
    private readonly isForgetful: boolean,
  ) {}

  order(order: Order): OrderAnswer {
    const known = this.isForgetful ? undefined : this.journal.get(order.runId);
    if (known) {
      if (order.fence < known.fence) return { kind: 'stale' };
      known.fence = order.fence;
      return { kind: 'taken', report: this.report(known) };
    }
    const { luck, timeline } = this.machine;
    // A worker that stood still may send what another one has sent, to a journal that knows nothing of it.
    if (order.epoch !== null && order.epoch !== this.epoch) return { kind: 'other_journal' };
    if (this.tombstones.has(order.runId)) return { kind: 'cancelled' };
    if (timeline.now >= order.notAfter) return { kind: 'too_late' };
    if (this.machine.isChanging && !this.isForgetful) return { kind: 'busy' };
    const refusal = luck.refusal();
    if (refusal !== null) return { kind: refusal };
    const { bootId } = this.machine;
    const taken: Journalled = { order, bootId, fence: order.fence, state: 'accepted', rebootNeeded: false };
    const { journal } = this;
    journal.set(order.runId, taken);
    timeline.after(beginsAfterMs, () => this.begin(taken, journal));
    const losesAfterMs = luck.losesJournalAfterMs();
    if (losesAfterMs !== null) timeline.after(losesAfterMs, () => this.loseJournal());
    return { kind: 'taken', report: this.report(taken) };
  }

  find(runId: string): AgentReport | null {
    const known = this.journal.get(runId);
    return known ? this.report(known) : null;
  }

  cancel(runId: string, fence: number): CancelAnswer {
    const known = this.journal.get(runId);
    const { epoch } = this;
    if (known && fence < known.fence) return { kind: 'stale', epoch };
    if (known && known.state !== 'accepted' && known.state !== 'cancelled')
      return { kind: 'too_late', epoch };
    if (known) known.state = 'cancelled';
    else this.tombstones.add(runId);
    return { kind: 'cancelled', epoch };
  }

  /** The disk with the journal is new: what was under way goes on, and nobody knows of it. */
  loseJournal(): void {
    if (!this.machine.isUp) return;
    this.journal = new Map();
    this.tombstones.clear();
    this.epoch += 1;
    this.machine.restartAgent(3000);
  }

  private begin(run: Journalled, journal: Map<string, Journalled>): void {
    // What was only in the journal is lost with it.
    if (run.state !== 'accepted' || journal !== this.journal) return;
    run.state = 'running';
    this.machine.changePackages(run.order.runId, (isGood) => this.end(run, isGood));
  }

  private end(run: Journalled, isGood: boolean): void {
    run.state = isGood ? 'succeeded' : 'failed';
    run.rebootNeeded = isGood && this.machine.luck.rebootNeeded();
    const { order } = run;
    const { timeline } = this.machine;
    if (!run.rebootNeeded || !order.allowReboot || timeline.now >= order.notAfter) return;
    run.state = 'rebooting';
    this.machine.restart(order.runId);
  }

  private report(run: Journalled): AgentReport {
    const hasRebooted = run.bootId !== this.machine.bootId;
    if (run.state === 'rebooting' && hasRebooted) run.state = 'succeeded';
    const { state, rebootNeeded } = run;
    const isRebootOff = state === 'succeeded' && rebootNeeded && !hasRebooted;
    return reportOf(state, { rebootNeeded, hasRebooted, rebootsItself: true, isRebootOff });
  }
}
