import type { Clock } from './clock.port.js';
import { applyGrace, NO_OUTAGE } from './grace.js';
import type { CheckDefinition, CheckState } from './health-check.js';
import type { Log } from './log.port.js';
import type { CheckVerdict } from './run-check.js';
import { runCheck, TIMED_OUT } from './run-check.js';

export interface CheckRunnerOptions {
  clock: Clock;
  log: Log;
  /** Called after each verdict. */
  onVerdict: () => void;
}

/** Runs one check at its interval, never twice at a time, and remembers what it found. */
export class CheckRunner {
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  /** Timed out, yet not settled. */
  #isOverdue = false;
  #outage = NO_OUTAGE;
  #state: CheckState;

  constructor(
    private readonly definition: CheckDefinition,
    private readonly options: CheckRunnerOptions,
  ) {
    const { name, critical, scope = 'service', excusedBy = null } = definition;
    this.#state = {
      name,
      critical,
      scope,
      excusedBy,
      outcome: null,
      consecutiveFailures: 0,
      hasSucceeded: false,
      lastUnhealthyAtMs: null,
    };
  }

  get state(): CheckState {
    return this.#state;
  }

  start(): void {
    // Unreferenced: a process that has nothing else to do may end.
    this.#timer ??= setInterval(() => void this.run(), this.definition.everyMs).unref();
    void this.run();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stop.abort();
  }

  /** Runs the check, or joins the run under way; resolves when there is a verdict. Never rejects. */
  async run(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    if (this.#isOverdue) {
      // Each interval spent hanging is one more failure, or a check that never settles would stay at one.
      this.#record(TIMED_OUT);
      return;
    }
    this.#running ??= this.#runOnce();
    await this.#running;
  }

  async #runOnce(): Promise<void> {
    const { verdict, settled } = runCheck(this.definition, this.#stop.signal);
    let hasSettled = false;
    void settled.then(() => {
      hasSettled = true;
      this.#isOverdue = false;
    });
    const result = await verdict;
    this.#isOverdue = !hasSettled;
    this.#running = null;
    if (!this.#stop.signal.aborted) this.#record(result);
  }

  #record(verdict: CheckVerdict): void {
    const nowMs = this.options.clock.monotonicMs();
    const { outcome, outage } = applyGrace(
      verdict.outcome,
      this.#outage,
      nowMs,
      this.definition.graceMs ?? 0,
    );
    const isUnhealthy = outcome.status === 'unhealthy';
    const { name, outcome: before, consecutiveFailures, hasSucceeded, lastUnhealthyAtMs } = this.#state;
    if (verdict.error !== undefined && before?.reason !== outcome.reason) {
      this.options.log.warn(
        { check: name, reason: outcome.reason, err: verdict.error },
        'health check failed',
      );
    }
    this.#outage = outage;
    this.#state = {
      ...this.#state,
      outcome,
      consecutiveFailures: isUnhealthy ? consecutiveFailures + 1 : 0,
      hasSucceeded: hasSucceeded || !isUnhealthy,
      lastUnhealthyAtMs: isUnhealthy ? nowMs : lastUnhealthyAtMs,
    };
    this.options.onVerdict();
  }
}
