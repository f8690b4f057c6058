import type { ProbeResult } from './probe-result.js';

/** How the agent of a host is reached. */
export interface AgentTarget {
  /** Its certificate must be for this id. */
  readonly hostId: string;
  /** Literal. */
  readonly address: string;
  readonly port: number;
}

export interface ServiceCheck {
  readonly type: 'service';
  readonly serviceName: string;
  readonly agent: AgentTarget;
}

/**
 * Asks agents about services. Checks of one host come together, so that whoever implements it can ask over one
 * connection.
 */
export interface ServiceProbe {
  /** A failing agent is a result, never a rejection. */
  probe(check: ServiceCheck): Promise<ProbeResult>;
}
