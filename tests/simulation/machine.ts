import type { Entry } from './ledger.js';
import type { MachineLuck } from './simulated-agent.js';
import type { Timeline } from './timeline.js';

/** A host: it is up or down, restarts, and runs one package transaction at a time outside of its agent. */
export class Machine {
  /** Goes up when the agent or the machine ends: connections to the one before are gone. */
  incarnation = 0;
  bootedAt = 0;
  bootId = 0;
  isUp = true;
  isChanging = false;
  /** Its own account of what happened to it. */
  readonly ledger: Entry[] = [];

  constructor(
    readonly timeline: Timeline,
    readonly luck: MachineLuck,
  ) {}

  /** Begins at once and ends by itself, whatever becomes of the agent; a transaction keeps the machine from restarting. */
  changePackages(runId: string, onEnd: (isGood: boolean) => void): void {
    this.ledger.push({ kind: 'started', runId, at: this.timeline.now });
    this.isChanging = true;
    this.timeline.after(this.luck.transactionMs(), () => {
      const isGood = this.luck.isGood();
      this.isChanging = false;
      this.ledger.push({ kind: 'ended', runId, at: this.timeline.now, isGood });
      onEnd(isGood);
    });
  }

  restartAgent(downMs: number, onUp: () => void = () => undefined): void {
    this.incarnation += 1;
    this.isUp = false;
    const { incarnation } = this;
    this.timeline.after(downMs, () => {
      if (incarnation !== this.incarnation) return;
      this.isUp = true;
      onUp();
    });
  }

  restart(runId: string): void {
    this.ledger.push({ kind: 'restarted', runId, at: this.timeline.now });
    const downMs = this.luck.restartMs();
    this.incarnation += 1;
    this.isUp = false;
    if (downMs === null) return;
    this.restartAgent(downMs, () => {
      this.bootId += 1;
      this.bootedAt = this.timeline.now;
    });
  }
}
