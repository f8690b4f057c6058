import { atAgent } from './at-agent.js';
import { atGate } from './at-gate.js';
import { endRun, unchanged } from './end-run.js';
import type { RunEvent, Transition } from './run-event.js';
import { isTerminal, isUndispatched } from './run.js';
import type { Run, RunPolicy } from './run.js';

/**
 * What an event makes of a run: the only place where its status is decided. An event that has come too late, or that
 * means nothing where the run is, changes nothing.
 *
 * @param now milliseconds since 1970, by the clock of the database
 */
export function transition(run: Run, event: RunEvent, policy: RunPolicy, now: number): Transition {
  if (isTerminal(run.status) || run.isResolved) return unchanged(run);
  switch (event.kind) {
    case 'released':
    case 'held':
    case 'attempted':
    case 'attempt_broke':
    case 'window_closed':
      return isUndispatched(run.status) ? atGate(run, event, policy, now) : unchanged(run);
    case 'order_accepted':
    case 'order_refused':
    case 'agent_silent':
    case 'agent_reported':
    case 'outcome_lost':
    case 'verified':
      return atAgent(run, event, policy, now);
    case 'cancel_requested':
      return cancel(run, now);
    case 'quarantined':
      // It has ended already and stays what it is: nobody asks any more.
      if (run.status === 'indeterminate') return { run: { ...run, nextStepAt: null }, effects: [] };
      // What may have reached the agent is not known to have failed.
      return endRun(
        run,
        {
          status: isUndispatched(run.status) ? 'failed' : 'indeterminate',
          reason: 'quarantined',
          detail: event.detail,
        },
        now,
      );
  }
}

/** Ends what no agent was told of; of the rest it is a request, and the agent's answer decides. */
function cancel(run: Run, now: number): Transition {
  switch (run.status) {
    case 'queued':
    case 'waiting_health_check':
      return endRun(run, { status: 'cancelled', reason: 'cancelled', detail: run.detail }, now);
    case 'dispatching':
    case 'running':
      return { run: { ...run, nextStepAt: now }, effects: [{ kind: 'cancel_order' }] };
    // The packages are done: a reboot or a look at the checks is not to be left half way.
    case 'rebooting':
    case 'verifying':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'indeterminate':
      return unchanged(run);
  }
}
