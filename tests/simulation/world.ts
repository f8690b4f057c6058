import type { RunPolicy, VerifiedCheck } from '@patchgate/domain';
import type { Deed, Window } from './ledger.js';
import type { IdempotentAgent } from './idempotent-agent.js';
import type { Network } from './network.js';
import type { PublicAgent } from './public-agent.js';
import type { Random } from './random.js';
import type { RunStore } from './run-store.js';
import type { Timeline } from './timeline.js';

/** A rule of the protocol that is left out, to see that the simulation finds it. */
export type Weakness =
  /** Whoever lost a run to another writes it all the same. */
  | 'no_fence'
  /** The agent does an order as often as it gets it. */
  | 'no_idempotency'
  /** What was true before the probes is taken to be true after them. */
  | 'no_reread'
  /** An agent that lost its journal is sent the same order again. */
  | 'no_epoch_check'
  /** An agent that takes no runs is sent an order again whose reply was lost. */
  | 'second_post'
  /** A refusal is believed of an order that may have been sent before. */
  | 'lost_is_refused'
  /** An order does not say for which journal it is meant. */
  | 'no_epoch_in_order'
  /** A cancellation counts although the agent has lost the journal that knew the run. */
  | 'cancel_without_epoch'
  /** A refusal counts although an order of before may still be on its way. */
  | 'no_tombstone';

/** A check of a host, as it is at a moment. */
export type IsHealthy = (at: number) => boolean;

export interface SimulatedHost {
  readonly agent: IdempotentAgent | PublicAgent;
  readonly checks: readonly IsHealthy[];
  /** Of the network between it and us. */
  readonly partitions: readonly Window[];
}

export interface World {
  readonly random: Random;
  readonly timeline: Timeline;
  readonly store: RunStore;
  readonly network: Network;
  readonly hosts: readonly SimulatedHost[];
  readonly policy: RunPolicy;
  readonly noChecks: 'open' | 'hold';
  readonly deeds: Deed[];
  readonly weakness: Weakness | null;
  /** How often a worker dies or stands still between two of its steps. */
  readonly mishapRate: number;
  /** Nothing more goes wrong from then on. */
  readonly calmAt: number;
}

/** What a worker does, as a course that waits; it is dropped where its worker dies. */
export type Course<T> = Generator<number, T, void>;

export type VerifiedPairs = readonly VerifiedCheck[];
