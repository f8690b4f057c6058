import type { CheckVerdict } from '@patchgate/domain';
import type { MeasuredResult } from '../results/measured-result.js';
import type { Claim } from './claim-due-runs.js';

/** What was found of a host's checks, all of them asked within one attempt. */
export interface Probed {
  readonly verdicts: readonly CheckVerdict[];
  /** The same, as they are recorded like any poll. */
  readonly results: readonly MeasuredResult[];
}

/** One look at the gate of a run under its claim. */
export interface GateAttempt {
  readonly claim: Claim;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Null when something else than a check was in the way, so that none was asked. */
  readonly probed: Probed | null;
  /** What broke on our side, in words; whatever was found does not count then. */
  readonly broke: string | null;
}
