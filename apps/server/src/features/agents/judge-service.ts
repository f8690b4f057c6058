import type { AgentError, ServiceReading } from '@patchgate/agent-client';
import { DialError } from '@patchgate/dial';
import type { ProbeResult } from '@patchgate/probes';

type Verdict = Pick<ProbeResult, 'healthy' | 'reason' | 'detail' | 'agent_status'>;

/** What an agent says of a service: its own `healthy` decides, the rest is for people. */
export function judgeService({ healthy, active_state, sub_state, load_state }: ServiceReading): Verdict {
  const state = `${active_state ?? 'state not told'}${sub_state === null ? '' : ` (${sub_state})`}`;
  const detail = load_state === null || load_state === 'loaded' ? state : `${state}, ${load_state}`;
  return healthy ? { healthy, reason: 'ok', detail } : { healthy, reason: 'service_unhealthy', detail };
}

/** What it means for a service that its agent could not be asked, or would not say. */
export function judgeFailure(error: AgentError): Verdict {
  const { cause, message, status } = error;
  // Denied by our own policy, as for any other check: nothing was sent.
  if (cause instanceof DialError && cause.reason === 'blocked') {
    return { healthy: false, reason: 'blocked', detail: cause.message };
  }
  return {
    ...{ healthy: false, reason: reasonOf(error), detail: message },
    // An agent that does not know the question, or has had too many, says nothing of the service.
    ...(status !== undefined && { agent_status: status }),
  };
}

function reasonOf({ failure, status, code }: AgentError): Exclude<ProbeResult['reason'], 'ok'> {
  switch (failure) {
    case 'unreachable':
    case 'lost':
      return 'agent_unreachable';
    case 'refused_us':
      return 'agent_refused_us';
    case 'failed':
    case 'bad_answer':
      return 'agent_error';
    case 'refused':
      // It does not know the question, or has had too many: that says nothing of the service.
      if (code === 'UNSUPPORTED' || status === 429) return 'agent_refused_us';
      if (status === 404) return 'service_unknown';
      return status === 400 ? 'service_name_invalid' : 'agent_error';
  }
}
