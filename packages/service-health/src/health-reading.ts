import type { HealthBody } from './health-body.js';
import { healthBody } from './health-body.js';
import type { HealthSnapshot } from './health-snapshot.js';
import type { Lifecycle } from './lifecycle.js';
import { notLiveReasons } from './liveness.js';
import { notReadyReasons, STALE_SNAPSHOT_MS } from './readiness.js';

/** A snapshot judged at the time it is read. */
export interface HealthReading {
  lifecycle: Lifecycle;
  isReady: boolean;
  notReady: readonly string[];
  isLive: boolean;
  notLive: readonly string[];
  /** A check has not answered yet. */
  isPending: boolean;
  body: HealthBody;
}

export interface ReadingContext {
  lifecycle: Lifecycle;
  servingSinceMs: number | null;
  nowMs: number;
}

/** Judges a snapshot; computes only, so that a handler may call it for every request. */
export function readSnapshot(snapshot: HealthSnapshot, context: ReadingContext): HealthReading {
  const snapshotAgeMs = context.nowMs - snapshot.takenAtMs;
  const { checks } = snapshot;
  const notReady = notReadyReasons({ lifecycle: context.lifecycle, snapshotAgeMs, checks });
  const notLive = notLiveReasons({ ...context, snapshotAgeMs, checks });
  return {
    lifecycle: context.lifecycle,
    isReady: notReady.length === 0,
    notReady,
    isLive: notLive.length === 0,
    notLive,
    isPending: checks.some(({ outcome }) => outcome === null),
    body: healthBody(snapshot, snapshotAgeMs > STALE_SNAPSHOT_MS),
  };
}
