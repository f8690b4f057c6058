import type { ProbeResult } from '@patchgate/probes';
import { Counter, Gauge, Histogram } from '@patchgate/service-health';
import type { Registry } from '@patchgate/service-health';

/** What polling tells Prometheus; never a host, an address or an id as a label. */
export class PollMetrics {
  readonly #runs;
  readonly #seconds;
  readonly #inFlight;
  readonly #lag;
  readonly #skipped;
  readonly #doubt;
  readonly #buffered;

  /** @param tickAgeSeconds since the latest tick began; null before the first */
  constructor(registry: Registry, tickAgeSeconds: () => number | null) {
    const registers = [registry];
    this.#runs = new Counter({
      name: 'probe_runs_total',
      help: 'Probes by type of check and reason of the result.',
      labelNames: ['type', 'outcome'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'probe_duration_seconds',
      help: 'Time of each phase of a probe.',
      labelNames: ['type', 'phase'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
    this.#inFlight = new Gauge({ name: 'probe_inflight', help: 'Probes under way.', registers });
    this.#lag = new Histogram({
      name: 'poll_lag_seconds',
      help: 'How late a host was claimed after it became due.',
      buckets: [0.5, 1, 2, 5, 15, 60, 300],
      registers,
    });
    this.#skipped = new Counter({
      name: 'probe_skipped_total',
      help: 'Ticks that claimed nothing, because of what is under way or not written yet.',
      labelNames: ['reason'],
      registers,
    });
    this.#doubt = new Gauge({
      name: 'poll_self_doubt',
      help: '1 while so much that was healthy fails at once that the worker doubts itself.',
      registers,
    });
    this.#buffered = new Gauge({
      name: 'result_buffer_rows',
      help: 'Results that are measured and not written yet.',
      registers,
    });
    new Gauge({
      name: 'poll_tick_age_seconds',
      help: 'Since the latest tick of the poller began.',
      registers,
      collect() {
        this.set(tickAgeSeconds() ?? NaN);
      },
    });
  }

  claimed(lagMs: number): void {
    this.#lag.observe(lagMs / 1000);
  }

  started(): void {
    this.#inFlight.inc();
  }

  ended(): void {
    this.#inFlight.dec();
  }

  measured(type: string, { reason, phases }: ProbeResult): void {
    this.#runs.inc({ type, outcome: reason });
    for (const [phase, ms] of Object.entries(phases)) this.#seconds.observe({ type, phase }, ms / 1000);
  }

  skipped(reason: 'busy' | 'unwritten'): void {
    this.#skipped.inc({ reason });
  }

  doubts(isInDoubt: boolean): void {
    this.#doubt.set(isInDoubt ? 1 : 0);
  }

  buffered(rows: number): void {
    this.#buffered.set(rows);
  }
}
