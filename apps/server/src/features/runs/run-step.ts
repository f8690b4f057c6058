import type { AgentAddress, AgentSession } from '@patchgate/agent-client';
import type { Run, RunEvent, RunPolicy } from '@patchgate/domain';
import type { Clock } from '../../platform/clock/clock.js';
import type { FailPoints } from './fail-points.js';
import type { PackageChange, Selection } from './order-of-run.js';
import type { StoredPair } from './stored-pair.js';

/** A run that is ours under its fence, with all that its agent has to do with it. */
export interface DispatchedRun {
  readonly id: string;
  readonly jobId: string;
  readonly hostId: string;
  /** Goes up with each claim: who comes with an older one has lost the run. */
  readonly fence: string;
  /** 0 is the canary. */
  readonly batch: number;
  readonly run: Run;
  readonly policy: RunPolicy;
  /** Null where none was ever enrolled: nothing is sent there. */
  readonly agent: AgentAddress | null;
  readonly selection: Selection;
  /** Whether the attempt that opened the gate had checks. */
  readonly hasChecks: boolean;
  readonly attempt: number;
  readonly orderedPackages: readonly string[] | null;
  readonly packageChanges: readonly PackageChange[];
  /** Null: nothing was sent. Else an order may have reached the agent, whatever else is known. */
  readonly intentAt: Date | null;
  /** Of an agent that takes runs; null of the public one. */
  readonly agentEpoch: string | null;
  readonly agentUptimeSeconds: number | null;
  /** Jobs that the public agent had before the intent. */
  readonly agentJobsBefore: readonly string[];
  readonly agentJobId: string | null;
  readonly bootIdBefore: string | null;
  readonly rebootOrderedAt: Date | null;
  readonly cancelRequestedAt: Date | null;
  /** The agent has said whether it could. */
  readonly cancelAnsweredAt: Date | null;
  readonly agentLogSeq: number;
  readonly progress: number | null;
  readonly phase: string | null;
  readonly verificationChecks: readonly StoredPair[];
}

/** What is known of the order and its agent; what is not named stays as it is. */
export interface AgentFacts {
  readonly agentEpoch?: string | null;
  readonly agentJobId?: string | null;
  readonly bootIdAfter?: string | null;
  readonly progress?: number | null;
  readonly phase?: string | null;
  readonly rebootOrderedAt?: Date | null;
  readonly cancelAnsweredAt?: Date;
  readonly agentLogSeq?: number;
  readonly packageChanges?: readonly PackageChange[];
  readonly verificationChecks?: readonly StoredPair[];
}

/** Stored before an order is sent: from then on it may have reached the agent. */
export interface Intent {
  readonly at: Date;
  readonly orderedPackages: readonly string[] | null;
  readonly packageChanges: readonly PackageChange[];
  readonly agentEpoch: string | null;
  readonly agentUptimeSeconds: number | null;
  readonly agentJobsBefore: readonly string[];
  readonly bootIdBefore: string | null;
  readonly pendingRebootBefore: boolean | null;
}

export interface LogLine {
  readonly at: Date;
  /** Whose words: the agent's package system, or ours. */
  readonly source: 'agent' | 'manager';
  readonly line: string;
}

/** What a step found out, and all that is written of it. */
export type StepResult =
  | {
      readonly kind: 'found';
      readonly event: RunEvent;
      readonly facts?: AgentFacts;
      readonly lines?: readonly LogLine[];
    }
  /** Somebody newer owns the run: nothing is written, nothing more is said to the agent. */
  | { readonly kind: 'superseded' };

export const superseded: StepResult = { kind: 'superseded' };

/** What a step works with. */
export interface StepTools {
  readonly session: AgentSession;
  readonly clock: Clock;
  readonly failPoints: FailPoints;
  /** @returns false when the run is not ours any more, or something was sent before */
  readonly storeIntent: (run: DispatchedRun, intent: Intent) => Promise<boolean>;
  /** @returns false when the run is not ours any more, or somebody else has ordered a reboot */
  readonly storeRebootIntent: (run: DispatchedRun, intent: RebootIntent) => Promise<boolean>;
}

export interface RebootIntent {
  readonly at: Date;
  readonly uptimeSeconds: number | null;
}

export const said = (at: Date, line: string): LogLine => ({ at, source: 'manager', line });
