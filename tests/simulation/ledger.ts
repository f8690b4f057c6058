/** What happened on the hosts, written by the hosts alone: the word against which the database is held. */
export type Entry =
  /** `round` is when the probes that belong together began. */
  | {
      readonly kind: 'probed';
      readonly runId: string;
      readonly round: number;
      readonly at: number;
      readonly isHealthy: boolean;
    }
  /** A package transaction began. */
  | { readonly kind: 'started'; readonly runId: string; readonly at: number }
  | { readonly kind: 'ended'; readonly runId: string; readonly at: number; readonly isGood: boolean }
  | { readonly kind: 'restarted'; readonly runId: string; readonly at: number };

/** What people did, by their own word. */
export type Deed =
  | { readonly kind: 'overrode'; readonly runId: string; readonly at: number }
  | { readonly kind: 'paused' | 'resumed'; readonly at: number }
  | { readonly kind: 'planned'; readonly runId: string; readonly at: number; readonly window: Window | null };

/** Milliseconds of the timeline; null is no window at all. */
export interface Window {
  readonly opensAt: number;
  readonly closesAt: number;
}
