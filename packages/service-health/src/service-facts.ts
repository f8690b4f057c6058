/** What a process says about itself besides its checks; null where it has no such thing. */
export interface ServiceFacts {
  activeListeners: { sse: number | null; agents: number | null } | null;
  /** Subscribers per topic. */
  topics: Record<string, number> | null;
  lastConnectionAt: Date | null;
  /** A code, see `publicCode`; anything else is shown as `unspecified`. */
  lastError: string | null;
  tickAgeSeconds: number | null;
  pollLagSeconds: number | null;
}

/** Reads what the process keeps in memory, once a second: no I/O. What it leaves out is null. */
export type ReadFacts = () => Partial<ServiceFacts>;

/** A process that has none of it. */
export const NO_FACTS: ServiceFacts = {
  activeListeners: null,
  topics: null,
  lastConnectionAt: null,
  lastError: null,
  tickAgeSeconds: null,
  pollLagSeconds: null,
};
