import type { ProbeResult } from '@patchgate/probes';

/** What was found of a check, and of which revision of it. */
export interface MeasuredResult extends Pick<ProbeResult, 'healthy' | 'reason' | 'detail' | 'latency_ms'> {
  readonly check_id: string;
  readonly host_id: string;
  readonly revision: number;
  readonly checked_at: Date;
  /** The process that measured doubts itself: kept, and changes nothing. */
  readonly suspect: boolean;
}
