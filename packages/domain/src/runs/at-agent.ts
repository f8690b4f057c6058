import { afterPackages, afterReboot } from './after-packages.js';
import { endRun, isRebootOver, overran, rebootTimedOut, unchanged } from './end-run.js';
import type { AgentReport, RunEvent, Transition } from './run-event.js';
import type { Run, RunPolicy } from './run.js';

type AgentEvent = Extract<
  RunEvent,
  {
    kind:
      'order_accepted' | 'order_refused' | 'agent_silent' | 'agent_reported' | 'outcome_lost' | 'verified';
  }
>;

/**
 * What an event makes of a run whose agent was or may have been told; nothing of one whose agent was not.
 *
 * @param now milliseconds since 1970
 */
export function atAgent(run: Run, event: AgentEvent, policy: RunPolicy, now: number): Transition {
  switch (event.kind) {
    case 'order_accepted':
      return run.status === 'dispatching' ? { run: running(run, policy, now), effects: [] } : unchanged(run);
    case 'order_refused':
      return run.status === 'dispatching' ? refused(run, event, policy, now) : unchanged(run);
    case 'agent_silent':
      return silent(run, event.detail, policy, now);
    case 'agent_reported':
      return reported(run, event, policy, now);
    case 'outcome_lost':
      // Of an outcome that was unknown already it means that nobody will ever tell.
      if (run.status === 'indeterminate') return { run: { ...run, nextStepAt: null }, effects: [] };
      return run.status === 'dispatching' || run.status === 'running' || run.status === 'rebooting'
        ? unknown(run, event.detail, policy, now)
        : unchanged(run);
    case 'verified':
      return run.status === 'verifying' ? verified(run, event, policy, now) : unchanged(run);
  }
}

/** Back to the gate where another time may do; the host was not touched. */
function refused(
  run: Run,
  { isRetryable, reason, detail }: Extract<AgentEvent, { kind: 'order_refused' }>,
  { retryMs, jitterMs }: RunPolicy,
  now: number,
): Transition {
  if (!isRetryable) return endRun(run, { status: 'failed', reason: 'agent_refused', detail }, now);
  return {
    run: {
      ...run,
      ...{ status: 'queued', reason, detail },
      nextAttemptAt: now + retryMs + jitterMs,
      ...{ nextStepAt: null, dispatchedAt: null, unreachableSince: null },
    },
    effects: [],
  };
}

function reported(
  run: Run,
  { report, hasChecks }: Extract<AgentEvent, { kind: 'agent_reported' }>,
  policy: RunPolicy,
  now: number,
): Transition {
  switch (run.status) {
    case 'dispatching':
    case 'running':
      return underWay(run, report, hasChecks, policy, now);
    case 'rebooting':
      return afterReboot(run, report, hasChecks, policy, now);
    case 'indeterminate':
      return cameToLight(run, report, policy, now);
    case 'verifying':
    case 'queued':
    case 'waiting_health_check':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return unchanged(run);
  }
}

function underWay(
  run: Run,
  report: AgentReport,
  hasChecks: boolean,
  policy: RunPolicy,
  now: number,
): Transition {
  switch (report.state) {
    case 'accepted':
    case 'running':
      return isOverdue(run, policy, now)
        ? unknown(
            run,
            'the agent says that it is still at work, long after it should have ended',
            policy,
            now,
          )
        : { run: running(run, policy, now), effects: [] };
    case 'rebooting':
      return {
        run: {
          ...running(run, policy, now),
          ...{ status: 'rebooting', reboot: 'pending', rebootUntil: now + policy.rebootMs },
        },
        effects: [],
      };
    case 'succeeded':
      return afterPackages(run, report, hasChecks, policy, now);
    case 'failed':
      return endRun(
        overran(run, now),
        { status: 'failed', reason: 'patch_failed', detail: report.error },
        now,
        [{ kind: 'acknowledge' }],
      );
    case 'cancelled':
      return endRun(run, { status: 'cancelled', reason: 'cancelled', detail: report.error }, now, [
        { kind: 'acknowledge' },
      ]);
  }
}

/** An outcome that nobody knew: it changes once, to what the agent says when it is back. It is too late to verify it. */
function cameToLight(run: Run, { state, error }: AgentReport, policy: RunPolicy, now: number): Transition {
  const acknowledge = [{ kind: 'acknowledge' }] as const;
  switch (state) {
    case 'accepted':
    case 'running':
    case 'rebooting':
      return { run: { ...run, nextStepAt: now + policy.mostFollowMs }, effects: [] };
    case 'succeeded':
      return endRun(
        run,
        { status: 'succeeded', reason: null, detail: null, verification: 'none' },
        now,
        acknowledge,
      );
    case 'failed':
      return endRun(run, { status: 'failed', reason: 'patch_failed', detail: error }, now, acknowledge);
    case 'cancelled':
      return endRun(run, { status: 'cancelled', reason: 'cancelled', detail: error }, now, acknowledge);
  }
}

/** No answer is no failure: it is asked again, less and less often, for as long as the order could still be at work. */
function silent(run: Run, detail: string, policy: RunPolicy, now: number): Transition {
  switch (run.status) {
    case 'rebooting':
      if (isRebootOver(run, now)) return rebootTimedOut(run, detail, now);
      break;
    case 'dispatching':
    case 'running':
      if (isOverdue(run, policy, now)) return unknown(run, detail, policy, now);
      break;
    case 'indeterminate':
      return { run: { ...run, nextStepAt: now + policy.mostFollowMs }, effects: [] };
    case 'verifying':
    case 'queued':
    case 'waiting_health_check':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return unchanged(run);
  }
  const since = run.unreachableSince ?? now;
  const wait = Math.min(Math.max(now - since, policy.followMs), policy.mostFollowMs);
  return {
    run: { ...run, reason: 'agent_unreachable', detail, unreachableSince: since, nextStepAt: now + wait },
    effects: [],
  };
}

function verified(
  run: Run,
  { verification, detail }: Extract<AgentEvent, { kind: 'verified' }>,
  policy: RunPolicy,
  now: number,
): Transition {
  switch (verification) {
    case null:
      return { run: { ...run, detail, nextStepAt: now + policy.verifyEveryMs }, effects: [] };
    case 'regressed':
      return endRun(run, { status: 'failed', reason: 'regressed', detail, verification }, now);
    case 'none':
      return endRun(run, { status: 'succeeded', reason: 'no_checks', detail, verification }, now);
    case 'verified':
    case 'pre_existing':
      return endRun(run, { status: 'succeeded', reason: null, detail, verification }, now);
  }
}

const unknown = (run: Run, detail: string, { mostFollowMs }: RunPolicy, now: number): Transition =>
  endRun(
    run,
    { status: 'indeterminate', reason: 'unknown_outcome', detail, askAgainAt: now + mostFollowMs },
    now,
  );

const running = (run: Run, { followMs }: RunPolicy, now: number): Run => ({
  ...run,
  ...{ status: 'running', reason: null, detail: null, unreachableSince: null },
  acceptedAt: run.acceptedAt ?? now,
  nextStepAt: now + followMs,
});

const isOverdue = (
  { acceptedAt, dispatchedAt }: Run,
  { mostRunMs, graceMs }: RunPolicy,
  now: number,
): boolean => now > (acceptedAt ?? dispatchedAt ?? now) + mostRunMs + graceMs;
