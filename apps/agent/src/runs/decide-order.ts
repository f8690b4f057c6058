import type { RunOrder } from '@patchgate/contracts/agent';

import type { RunEntry } from './run-entry.js';

export type OrderDecision =
  | { kind: 'accept' }
  | { kind: 'replay'; raisesFence: boolean }
  | { kind: 'conflict' }
  | { kind: 'cancelled' }
  | { kind: 'stale_fence'; fence: number }
  | { kind: 'busy'; runId: string }
  | { kind: 'too_late' };

interface Situation {
  /** What is known of the run that is ordered. */
  readonly entry: RunEntry | undefined;
  /** The run under way, if any. */
  readonly activeRunId: string | null;
  readonly now: Date;
}

/** What to do with an order: the same one again is the same run, and only a new one can come too late or find the host busy. */
export function decideOrder(order: RunOrder, { entry, activeRunId, now }: Situation): OrderDecision {
  if (entry !== undefined) return decideKnown(order, entry);
  if (now > new Date(order.not_after)) return { kind: 'too_late' };
  return activeRunId === null ? { kind: 'accept' } : { kind: 'busy', runId: activeRunId };
}

function decideKnown(order: RunOrder, entry: RunEntry): OrderDecision {
  if (entry.order !== null && entry.order.payload_sha256 !== order.payload_sha256)
    return { kind: 'conflict' };
  if (entry.stage.kind === 'cancelled') return { kind: 'cancelled' };
  if (order.fence < entry.fence) return { kind: 'stale_fence', fence: entry.fence };
  return { kind: 'replay', raisesFence: order.fence > entry.fence };
}
