import { isUndispatched } from '@patchgate/domain';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseClock } from '../../platform/clock/database-clock.js';
import { newId } from '../../platform/ids/new-id.js';
import { GateAttempts } from './attempt-gate.js';
import type { AttemptDependencies } from './attempt-gate.js';
import { cancelRuns } from './cancel-runs.js';
import { claimDueRuns } from './claim-due-runs.js';
import type { Claim } from './claim-due-runs.js';
import type { StepRun } from './claimed-run.js';
import { closeWindows } from './close-windows.js';
import { countRuns } from './count-runs.js';
import { HeldRuns } from './held-runs.js';
import { holdPausedRuns } from './hold-paused-runs.js';
import { quarantineRun } from './quarantine-runs.js';
import { releaseRuns } from './release-runs.js';
import type { RunMetrics } from './run-metrics.js';

export interface RunWorkerDependencies extends AttemptDependencies {
  readonly clock: DatabaseClock;
  readonly metrics: RunMetrics;
  /** Does what comes after the gate. */
  readonly stepRun: StepRun;
  /** Asks for a tick now: something has become possible that was not. */
  readonly wake: () => void;
}

/** Gates under way at once: each is a handful of sockets, and dead hosts hold theirs for the whole deadline. */
const mostAttempts = 1_000;
/** Runs under way whose step is done at once: few, because each writes for itself, and gates must not wait for them. */
const mostSteps = 200;
/** Shorter than a lease, which nobody renews any more then. */
const drainMs = 10_000;
const ticksPerCount = 15;

/**
 * What a worker does for runs: ends what is over, lets out whose turn has come, takes what is due. All that matters is in
 * the database; what is here dies with the process and is done again by another when the leases end.
 */
export class RunWorker {
  readonly #owner = newId();
  readonly #held: HeldRuns;
  readonly #gate: GateAttempts;
  readonly #working = new Set<Promise<void>>();
  #attempts = 0;
  #steps = 0;
  #suspects = 0;
  #ticks = 0;
  #isStopping = false;

  constructor(private readonly deps: RunWorkerDependencies) {
    this.#held = new HeldRuns(deps.dataSource);
    this.#gate = new GateAttempts(deps);
  }

  /** Called once a second and when it is woken, never twice at a time. */
  async tick(): Promise<void> {
    const { clock, logger, dataSource, metrics } = this.deps;
    await clock.resample();
    if (clock.distrust !== null) {
      logger.warn(
        { reason: clock.distrust, drift_ms: clock.driftMs },
        'the clock is not trusted: nothing is claimed',
      );
      return;
    }
    if (this.#isStopping) return;
    const db = dataSource.manager;
    await closeWindows(dataSource, clock.now());
    await cancelRuns(dataSource, clock.now());
    await dataSource.transaction((tx) => holdPausedRuns(tx, clock.now()));
    await this.#release();
    if (this.#ticks % ticksPerCount === 0) metrics.counted(await countRuns(db));
    this.#ticks += 1;
    await this.#takeDue();
  }

  /** The leases of what is under way; called every five seconds. */
  renew(): Promise<void> {
    return this.#held.renew();
  }

  /** Takes nothing more, finishes what comes to an end in time, and gives the rest back. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.race([this.#idle(), delay(drainMs, undefined, { ref: false })]);
    await this.#held.giveBackAll();
  }

  async #idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.allSettled(this.#working);
  }

  async #release(): Promise<void> {
    const { dataSource, clock } = this.deps;
    let after: string | null = null;
    do {
      const from: string | null = after;
      after = await dataSource.transaction((db) => releaseRuns(db, clock.now(), from));
    } while (after !== null);
  }

  async #takeDue(): Promise<void> {
    const { dataSource, clock } = this.deps;
    const gateLimit = mostAttempts - this.#attempts;
    const stepLimit = Math.max(0, mostSteps - this.#steps);
    const claims = await claimDueRuns(dataSource.manager, {
      ...{ owner: this.#owner, clock, gateLimit, stepLimit },
      mayTakeSuspect: this.#suspects === 0,
    });
    for (const claim of claims) this.#held.add(claim);
    const [poison, alive] = split(claims, ({ isPoison }) => isPoison);
    for (const claim of poison) this.#track(claim, () => quarantineRun(claim, this.deps));
    const [atGate, underWay] = split(alive, ({ status }) => isUndispatched(status));
    for (const claim of underWay) this.#track(claim, () => this.#step(claim));
    if (atGate.length > 0) this.#attempt(atGate);
  }

  #attempt(claims: readonly Claim[]): void {
    const looks = this.#gate.attempt(claims).catch((error: unknown): Looks => {
      this.deps.logger.warn({ err: error }, 'attempts at gates are left to their leases');
      return new Map();
    });
    for (const claim of claims) this.#track(claim, () => this.#look(claim, looks));
  }

  /** The claim of a gate that opened goes on to the dispatch: nobody else can have told the agent yet. */
  async #look(claim: Claim, looks: Promise<Looks>): Promise<void> {
    this.#attempts += 1;
    const run = await looks
      .then((all) => all.get(claim) ?? null)
      .finally(() => {
        this.#attempts -= 1;
      });
    if (run) {
      this.deps.metrics.decided(run);
      this.deps.wake();
    }
    if (run?.status !== 'dispatching') this.#held.forget(claim);
    else if (this.#mayStep) await this.#step({ ...claim, status: 'dispatching', isFirstSend: true });
  }

  /** One that may not is given back, and is claimed again as soon as there is room. */
  get #mayStep(): boolean {
    return !this.#isStopping && this.#steps < mostSteps;
  }

  async #step(claim: Claim): Promise<void> {
    this.#steps += 1;
    try {
      await this.deps.stepRun(claim);
    } finally {
      this.#steps -= 1;
    }
  }

  /** Work that nobody awaits: its failure is told here, and the run is found again when its lease ends. */
  #track(claim: Claim, work: () => Promise<void>): void {
    if (claim.isSuspect) this.#suspects += 1;
    const tracked = work()
      .then(() => this.#held.giveBack(claim))
      .catch((error: unknown) => {
        this.#held.forget(claim);
        this.deps.logger.warn({ err: error, run_id: claim.id }, 'a run is left to its lease');
      })
      .finally(() => {
        if (claim.isSuspect) this.#suspectEnded();
        this.#working.delete(tracked);
      });
    this.#working.add(tracked);
  }

  /** The next suspects are taken at once: many that go alone would wait for a tick each. */
  #suspectEnded(): void {
    this.#suspects -= 1;
    if (this.#suspects === 0) this.deps.wake();
  }
}

type Looks = Awaited<ReturnType<GateAttempts['attempt']>>;

function split<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
