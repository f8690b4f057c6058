import type { CertificateFacts, Phase } from '@patchgate/dial';
import type { ProbeReason } from '@patchgate/domain';

/** What one probe found. */
export interface ProbeResult {
  readonly healthy: boolean;
  readonly reason: ProbeReason;
  /** For people, at most 500 characters; never a body, a header or a credential. */
  readonly detail: string;
  readonly latency_ms: number;
  /** Milliseconds of each phase that was reached. */
  readonly phases: Partial<Record<Phase, number>>;
  /** The literal address that was dialled last; null when none was. */
  readonly address: string | null;
  /** HTTP status of an agent that answered and would not say how its service is. */
  readonly agent_status?: number;
  /** Of the latest TLS connection, whether or not its errors count. */
  readonly certificate?: CertificateFacts;
}

export const maxDetail = 500;
