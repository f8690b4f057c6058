import { Counter, Gauge, Histogram } from '@patchgate/service-health';
import type { Registry } from '@patchgate/service-health';
import type { AgentReading } from './agent-poll.js';
import { statusOf } from './agent-poll.js';

/** What polling agents tells Prometheus; never a host, an address or an id as a label. */
export class AgentPollMetrics {
  readonly #polls;
  readonly #seconds;
  readonly #inFlight;
  readonly #lag;
  readonly #inventories;
  readonly #doubt;

  /** @param sessions how many connections to agents are open */
  constructor(registry: Registry, sessions: () => number) {
    const registers = [registry];
    this.#polls = new Counter({
      name: 'agent_polls_total',
      help: 'Polls of agents by what they found.',
      labelNames: ['outcome'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'agent_poll_duration_seconds',
      help: 'Time of a poll of an agent, with its inventory when that was due.',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
      registers,
    });
    this.#inFlight = new Gauge({
      name: 'agent_polls_inflight',
      help: 'Polls of agents under way.',
      registers,
    });
    this.#lag = new Histogram({
      name: 'agent_poll_lag_seconds',
      help: 'How late an agent was claimed after it became due.',
      buckets: [0.5, 1, 2, 5, 15, 60, 300],
      registers,
    });
    this.#inventories = new Counter({
      name: 'agent_inventories_total',
      help: 'Inventories of patches by how they went.',
      labelNames: ['outcome'],
      registers,
    });
    this.#doubt = new Gauge({
      name: 'agent_self_doubt',
      help: '1 while so many agents that were there fail at once that the worker doubts itself.',
      registers,
    });
    new Gauge({
      name: 'agent_sessions',
      help: 'Open sessions with agents.',
      registers,
      collect() {
        this.set(sessions());
      },
    });
  }

  claimed(lagMs: number): void {
    this.#lag.observe(lagMs / 1000);
    this.#inFlight.inc();
  }

  ended(reading: AgentReading | null, ms: number): void {
    this.#inFlight.dec();
    this.#seconds.observe(ms / 1000);
    this.#polls.inc({ outcome: reading ? statusOf(reading) : 'broken' });
    if (reading?.inventory) this.#inventories.inc({ outcome: reading.inventory.kind });
  }

  doubts(isInDoubt: boolean): void {
    this.#doubt.set(isInDoubt ? 1 : 0);
  }
}
