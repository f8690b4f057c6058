import type { CheckDefinition, CheckOutcome } from './health-check.js';
import { publicCode, publicReason } from './public-code.js';

/** The outcome of one run, with the error behind it where there was one (for the log, never for the body). */
export interface CheckVerdict {
  outcome: CheckOutcome;
  error?: unknown;
}

/** The verdict on a check that has not answered in time. */
export const TIMED_OUT: CheckVerdict = { outcome: { status: 'unhealthy', reason: 'timeout' } };

export interface CheckRun {
  /** Settles at the latest after the check's timeout; never rejects. */
  verdict: Promise<CheckVerdict>;
  /** Settles when the check itself has, however late; never rejects. */
  settled: Promise<void>;
}

/** Runs a check once under its timeout. `stop` ends it early, as a timeout would. */
export function runCheck(definition: CheckDefinition, stop: AbortSignal): CheckRun {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), definition.timeoutMs);
  const signal = AbortSignal.any([deadline.signal, stop]);
  const answer = attempt(definition, signal).finally(() => clearTimeout(timer));
  const timeout = new Promise<CheckVerdict>((resolve) => {
    const giveUp = () => resolve(TIMED_OUT);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  return { verdict: Promise.race([timeout, answer]), settled: answer.then(() => undefined) };
}

async function attempt(definition: CheckDefinition, signal: AbortSignal): Promise<CheckVerdict> {
  try {
    const { status, reason } = await definition.check(signal);
    return { outcome: status === 'healthy' ? { status } : { status, reason: publicReason(reason) } };
  } catch (error) {
    return { outcome: { status: 'unhealthy', reason: publicCode(error) }, error };
  }
}
