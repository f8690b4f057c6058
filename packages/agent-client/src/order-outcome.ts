import type { AgentError } from './agent-failure.js';
import type { RunReading } from './run.reader.js';

/**
 * What became of an order under a run's id.
 *
 * - `taken`: the agent has it, from now on or from before
 * - `conflict`: it has another order under this id
 * - `other_journal`: it was meant for a journal that the agent has lost, and was not taken
 * - `superseded`: a later owner of the run has ordered; whoever hears this stops
 * - `cancelled`: it was cancelled before it began, and never will
 * - `too_late`: it may not start any more, and was not taken
 * - `busy`: not now; another time may do
 * - `refused`: not this order, however often it comes
 * - `refused_us`: the agent does not take us; it has not read the order
 * - `unreachable`: there was no connection, so it has not read the order
 * - `unknown`: the order went out and no answer came that says what became of it
 */
export type OrderOutcome =
  | { readonly kind: 'taken'; readonly run: RunReading }
  | { readonly kind: OrderRefusal; readonly detail: string };
type OrderRefusal =
  | 'conflict'
  | 'other_journal'
  | 'superseded'
  | 'cancelled'
  | 'too_late'
  | 'busy'
  | 'refused'
  | 'refused_us'
  | 'unreachable'
  | 'unknown';

/**
 * What a failed order means for the run. Only what says for certain that the order was not taken is a refusal.
 *
 * @returns never `taken`
 */
export function failedOrder(error: AgentError): OrderOutcome {
  return { kind: refusalOf(error), detail: error.message };
}

function refusalOf(error: AgentError): OrderRefusal {
  const { failure, status } = error;
  switch (failure) {
    case 'unreachable':
    case 'refused_us':
      return failure;
    case 'lost':
    case 'bad_answer':
      return 'unknown';
    case 'failed':
      // Unavailable is said before anything is done (RFC 9110, 15.6.4); after any other failure the order may be in the journal.
      return status === 503 ? 'busy' : 'unknown';
    case 'refused':
      return refusalByCode(error);
  }
}

/** Statuses that say what became of an order (agent-contract, A); any other says only whether to come again. */
const byStatus: Readonly<Record<number, OrderRefusal>> = {
  408: 'too_late',
  410: 'cancelled',
  412: 'superseded',
  423: 'busy',
  429: 'busy',
};

function refusalByCode({ status, code, isRetryable }: AgentError): OrderRefusal {
  if (code === 'RUN_CONFLICT') return 'conflict';
  if (code === 'OTHER_JOURNAL') return 'other_journal';
  const told = status === undefined ? undefined : byStatus[status];
  return told ?? (isRetryable ? 'busy' : 'refused');
}
