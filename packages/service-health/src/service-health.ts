import { CheckRegistry } from './check-registry.js';
import type { Clock } from './clock.port.js';
import { HealthChanges } from './health-changes.js';
import type { HealthReading } from './health-reading.js';
import { readSnapshot } from './health-reading.js';
import type { HealthSnapshot } from './health-snapshot.js';
import type { Lifecycle } from './lifecycle.js';
import type { Log } from './log.port.js';
import type { ReadFacts, ServiceFacts } from './service-facts.js';
import { NO_FACTS } from './service-facts.js';

/** How often the snapshot is taken anew from what the checks found last. */
const SNAPSHOT_EVERY_MS = 1000;

export interface ServiceHealthOptions {
  clock: Clock;
  log: Log;
  readFacts?: ReadFacts;
}

/** The health of one process: checks refreshed in the background, a snapshot of them, and readings of that. */
export class ServiceHealth {
  readonly registry: CheckRegistry;
  readonly #changes: HealthChanges;
  readonly #startedAtMs: number;
  #lifecycle: Lifecycle = 'starting';
  #servingSinceMs: number | null = null;
  #snapshot: HealthSnapshot;
  #timer: NodeJS.Timeout | undefined;
  #areFactsReadable = true;

  constructor(private readonly options: ServiceHealthOptions) {
    const { clock, log } = options;
    this.#changes = new HealthChanges(log);
    this.#startedAtMs = clock.monotonicMs();
    this.#snapshot = {
      takenAt: clock.now(),
      takenAtMs: this.#startedAtMs,
      uptimeMs: 0,
      checks: [],
      facts: NO_FACTS,
    };
    this.registry = new CheckRegistry({ clock, log, onVerdict: () => this.#takeSnapshot() });
  }

  /** Starts the background refresh; the process is still `starting` until `serving()`. */
  start(): void {
    this.#timer ??= setInterval(() => this.#takeSnapshot(), SNAPSHOT_EVERY_MS).unref();
    this.registry.start();
  }

  /** Runs every check now and takes the snapshot; resolves when each check has a verdict. */
  async refresh(): Promise<void> {
    await this.registry.runAll();
    this.#takeSnapshot();
  }

  /** The process does its work from now on. Without effect when it already drains. */
  serving(): void {
    if (this.#lifecycle !== 'starting') return;
    this.#lifecycle = 'serving';
    this.#servingSinceMs = this.options.clock.monotonicMs();
    this.read();
  }

  /** The process is to get no more work: not ready at once, live until it ends. */
  draining(): void {
    this.#lifecycle = 'draining';
    this.read();
  }

  /** Judges the latest snapshot now. Runs no check, so it may be called for every request. */
  read(): HealthReading {
    const nowMs = this.options.clock.monotonicMs();
    const context = { lifecycle: this.#lifecycle, servingSinceMs: this.#servingSinceMs, nowMs };
    const reading = readSnapshot(this.#snapshot, context);
    // Here rather than in the timer alone: a stuck refresher could not report itself.
    this.#changes.observe(reading);
    return reading;
  }

  /** Ends the background refresh; checks under way are aborted. */
  stop(): void {
    clearInterval(this.#timer);
    this.registry.stop();
  }

  #takeSnapshot(): void {
    const takenAtMs = this.options.clock.monotonicMs();
    this.#snapshot = {
      takenAt: this.options.clock.now(),
      takenAtMs,
      uptimeMs: takenAtMs - this.#startedAtMs,
      checks: this.registry.states(),
      facts: this.#readFacts(),
    };
    this.read();
  }

  #readFacts(): ServiceFacts {
    try {
      const facts = { ...NO_FACTS, ...this.options.readFacts?.() };
      this.#areFactsReadable = true;
      return facts;
    } catch (error) {
      if (this.#areFactsReadable) this.options.log.warn({ err: error }, 'health facts unreadable');
      this.#areFactsReadable = false;
      return NO_FACTS;
    }
  }
}
