import type { ProbeReason } from '../probe-reason.js';

/** `error`: our side could not ask, which says nothing of the host and never opens the gate. */
export type Verdict = 'pass' | 'fail' | 'error';

/** Of an attempt as a whole. */
export type AttemptOutcome = 'pass' | 'fail' | 'error' | 'no_checks' | 'overridden';

/** What one probe found of one check. */
export interface CheckVerdict {
  readonly checkId: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: ProbeReason;
  readonly detail: string;
  readonly latencyMs: number;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}

interface ProbeFinding {
  readonly healthy: boolean;
  readonly reason: ProbeReason;
  /** HTTP status of an agent that answered and would not say, else absent. */
  readonly agentStatus?: number | undefined;
}

/**
 * What a probe means at the gate: only a healthy target passes. Where our side was in the way the host is not to blame:
 * a target that our policy forbids, an agent that cannot be reached or does not take us, one that answers 405 or 429, and
 * a password that our keys do not open.
 */
export function verdictOf({ healthy, reason, agentStatus }: ProbeFinding): Verdict {
  if (healthy) return 'pass';
  switch (reason) {
    case 'blocked':
    case 'agent_unreachable':
    case 'agent_refused_us':
    case 'secret_unreadable':
      return 'error';
    case 'agent_error':
      return agentStatus === 405 || agentStatus === 429 ? 'error' : 'fail';
    case 'ok':
    case 'timeout':
    case 'dns':
    case 'connect':
    case 'tls':
    case 'cert':
    case 'http':
    case 'status':
    case 'no_match':
    case 'no_match_in_cap':
    case 'body':
    case 'not_fastcgi':
    case 'bad_answer':
    case 'pool_busy':
    case 'service_unknown':
    case 'service_name_invalid':
    case 'service_unhealthy':
      return 'fail';
  }
}

/**
 * What the checks of a host say together. A failing one counts before one that could not be asked: it is the host's own.
 *
 * @param verdicts of all enabled checks; none at all is an outcome of its own
 */
export function outcomeOf(verdicts: readonly Verdict[]): Exclude<AttemptOutcome, 'overridden'> {
  if (verdicts.length === 0) return 'no_checks';
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('error') ? 'error' : 'pass';
}
