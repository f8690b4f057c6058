import type { RunStatus } from '@patchgate/domain';

/** A run that is ours until its lease ends or somebody raises its fence. */
export interface ClaimedRun {
  readonly id: string;
  readonly jobId: string;
  readonly hostId: string;
  /** When it was claimed, or since, when its gate opened under this claim. */
  readonly status: RunStatus;
  /** Goes up with each claim: who comes with an older one has lost the run. */
  readonly fence: string;
  /**
   * This claim has moved it to `dispatching` itself, so that nobody can have sent its order yet. An order that is sent
   * under any other claim may be the second one.
   */
  readonly isFirstSend: boolean;
}

/** Does the next step of a run that was dispatched, whatever that is now; the claim is given back by who made it. */
export type StepRun = (claim: ClaimedRun) => Promise<void>;
