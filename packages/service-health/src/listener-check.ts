import { connectToSelf } from './connect-to-self.js';
import type { CheckDefinition, CheckOutcome } from './health-check.js';
import type { ListenerState, ListenerWatch } from './listener-watch.js';

/** The stock check `listener`: the process connects to its own main listener. Critical: without it nobody is served. */
export function listenerCheck(watch: ListenerWatch): CheckDefinition {
  return {
    name: 'listener',
    critical: true,
    everyMs: 5000,
    timeoutMs: 2000,
    check: (signal) => checkListener(watch.state, signal),
  };
}

async function checkListener(state: ListenerState, signal: AbortSignal): Promise<CheckOutcome> {
  switch (state.kind) {
    case 'unbound':
    case 'bind_failed':
    case 'closed':
      return { status: 'unhealthy', reason: state.kind };
    case 'bound':
      await connectToSelf(state, signal);
      return { status: 'healthy' };
  }
}
