import type {
  AgentFailure,
  AgentHealthReading,
  PatchReading,
  SystemInfoReading,
} from '@patchgate/agent-client';

export interface AgentCertificate {
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
}

export interface Failure {
  readonly kind: AgentFailure;
  /** For people. */
  readonly detail: string;
}

/** What could be upgraded on the host, each package once; or why that is not known. */
export type Inventory =
  | { readonly kind: 'listed'; readonly patches: readonly PatchReading[] }
  | { readonly kind: 'failed'; readonly detail: string };

/** What one poll of an agent found. */
export interface AgentReading {
  /** Of the first thing that failed; with a health it was one of the later ones. */
  readonly failure: Failure | null;
  /** Null when the agent did not answer: whatever is known of the host stays as it is. */
  readonly health: AgentHealthReading | null;
  readonly info: SystemInfoReading | null;
  readonly certificate: AgentCertificate | null;
  /** Null when it was not asked for. */
  readonly inventory: Inventory | null;
  /** Null when none was tried. */
  readonly renewal: 'done' | 'failed' | null;
}

export interface AgentPoll extends AgentReading {
  readonly hostId: string;
  readonly fence: string;
  readonly at: Date;
  /** What the host is from now on; null leaves it as it is, because this process doubts itself. */
  readonly status: 'connected' | 'unreachable' | 'refused' | null;
}

export function statusOf({ health, failure }: AgentReading): 'connected' | 'unreachable' | 'refused' {
  if (health) return 'connected';
  // One that answers that it will not is there; one that cannot answer is of no more use than none.
  return failure?.kind === 'refused_us' || failure?.kind === 'refused' ? 'refused' : 'unreachable';
}
