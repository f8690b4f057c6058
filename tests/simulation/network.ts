import type { SimulatedHost, Course } from './world.js';
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';

export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** There was no connection: nothing was delivered. */
  | { readonly kind: 'unreachable' }
  /** It may have been delivered. */
  | { readonly kind: 'lost' };

const timeoutMs = 10_000;

/** Between workers and agents: slow, lossy, and now and then cut. */
export class Network {
  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
    private readonly lossRate: number,
    private readonly calmAt: number,
  ) {}

  *ask<T>(host: SimulatedHost, deliver: () => T): Course<Answer<T>> {
    const { machine } = host.agent;
    if (!machine.isUp || this.isCut(host)) {
      yield this.random.between(1, 2000);
      return { kind: 'unreachable' };
    }
    const fate =
      this.timeline.now < this.calmAt && this.random.chance(this.lossRate) ? this.random.between(1, 3) : 0;
    const { incarnation } = machine;
    const box: { answer?: T } = {};
    const arrive = () => {
      if (machine.isUp && machine.incarnation === incarnation) box.answer = deliver();
    };
    if (fate === 1) {
      // Lost on its way.
      yield timeoutMs;
      return { kind: 'lost' };
    }
    // What was sent arrives, whether whoever sent it still lives or not; what is stuck arrives when it was given up.
    this.timeline.after(fate === 2 ? this.random.between(1, 60_000) : this.random.between(1, 200), arrive);
    if (fate !== 0) {
      yield timeoutMs;
      return { kind: 'lost' };
    }
    yield 200 + this.random.between(1, 200);
    return box.answer === undefined ? { kind: 'lost' } : { kind: 'answered', value: box.answer };
  }

  private isCut({ partitions }: SimulatedHost): boolean {
    const { now } = this.timeline;
    return partitions.some(({ opensAt, closesAt }) => opensAt <= now && now < closesAt);
  }
}
