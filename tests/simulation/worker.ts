import type { Claim, RunStore } from './run-store.js';
import type { Timeline } from './timeline.js';
import type { Course } from './world.js';

const renewEveryMs = 5000;

export interface Mishap {
  readonly kind: 'dies' | 'stands_still';
  readonly ms: number;
}

/** A process that works on runs: it may die in the middle of anything, or stand still for longer than its leases. */
export class Worker {
  isUp = true;
  /** Stands still until then. */
  private stillUntil = 0;
  private life = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly store: RunStore,
    private readonly work: (claim: Claim) => Course<void>,
    /** Asked at each step. */
    private readonly mishap: () => Mishap | null,
  ) {}

  get isAwake(): boolean {
    return this.isUp && this.stillUntil <= this.timeline.now;
  }

  die(downMs: number): void {
    this.life += 1;
    this.isUp = false;
    this.timeline.after(downMs, () => (this.isUp = true));
  }

  standStill(ms: number): void {
    this.stillUntil = this.timeline.now + ms;
  }

  take(id: string): void {
    const claim = this.store.claim(id);
    if (!claim) return;
    const { life } = this;
    this.renewing(claim, life);
    this.go(claim, this.work(claim), life);
  }

  private go(claim: Claim, course: Course<void>, life: number): void {
    if (life !== this.life) return;
    if (!this.isAwake) {
      this.timeline.at(this.stillUntil, () => this.go(claim, course, life));
      return;
    }
    const mishap = this.mishap();
    if (mishap?.kind === 'dies') {
      this.die(mishap.ms);
      return;
    }
    const step = course.next();
    if (mishap) this.standStill(mishap.ms);
    if (!step.done) this.timeline.after(step.value, () => this.go(claim, course, life));
  }

  private renewing(claim: Claim, life: number): void {
    this.timeline.after(renewEveryMs, () => {
      if (life !== this.life) return;
      if (!this.isAwake) this.timeline.at(this.stillUntil, () => this.renewing(claim, life));
      else if (this.store.renew(claim) !== null) this.renewing(claim, life);
    });
  }
}
