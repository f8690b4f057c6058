import { endRun, isRebootOver, overran, rebootTimedOut } from './end-run.js';
import type { AgentReport, Transition } from './run-event.js';
import type { Reboot, Run, RunPolicy } from './run.js';

/**
 * What follows when the packages are in place: a reboot where one is needed, allowed and in time, then the checks.
 *
 * @param hasChecks whether the attempt that opened the gate had any
 * @param now milliseconds since 1970
 */
export function afterPackages(
  before: Run,
  report: AgentReport,
  hasChecks: boolean,
  policy: RunPolicy,
  now: number,
): Transition {
  const run = overran(before, now);
  const reboot = rebootOf(report, policy);
  if (reboot === 'pending' && !report.rebootsItself && isInTime(run, now)) {
    return {
      run: {
        ...run,
        status: 'rebooting',
        reboot,
        rebootUntil: now + policy.rebootMs,
        nextStepAt: now + policy.followMs,
      },
      effects: [{ kind: 'order_reboot' }],
    };
  }
  return verify({ ...run, reboot, detail: report.note ?? null }, hasChecks, policy, now);
}

/**
 * What an agent's word makes of a run that reboots: nothing counts but the proof that the machine started anew.
 *
 * @param now milliseconds since 1970
 */
export function afterReboot(
  run: Run,
  report: AgentReport,
  hasChecks: boolean,
  policy: RunPolicy,
  now: number,
): Transition {
  if (report.state === 'failed') {
    const detail = report.error;
    return endRun(run, { status: 'failed', reason: 'patch_failed', detail }, now, [{ kind: 'acknowledge' }]);
  }
  if (report.hasRebooted && report.state === 'succeeded') {
    return verify({ ...run, reboot: 'done', detail: null }, hasChecks, policy, now);
  }
  if (report.isRebootOff === true && report.state === 'succeeded') {
    return verify({ ...run, detail: report.note ?? null }, hasChecks, policy, now);
  }
  if (isRebootOver(run, now)) return rebootTimedOut(run, 'the machine has not restarted in time', now);
  const waits = { reason: null, detail: null, unreachableSince: null };
  return { run: { ...run, ...waits, nextStepAt: now + policy.followMs }, effects: [] };
}

function rebootOf(report: AgentReport, { allowReboot }: RunPolicy): Reboot {
  if (report.hasRebooted) return 'done';
  if (report.rebootNeeded !== true) return 'not_needed';
  return allowReboot ? 'pending' : 'not_allowed';
}

const isInTime = ({ windowClosesAt }: Run, now: number): boolean =>
  windowClosesAt !== null && now < windowClosesAt;

function verify(run: Run, hasChecks: boolean, { verifyMs }: RunPolicy, now: number): Transition {
  const acknowledge = [{ kind: 'acknowledge' }] as const;
  if (!hasChecks) {
    return endRun(
      run,
      { status: 'succeeded', reason: 'no_checks', detail: run.detail, verification: 'none' },
      now,
      acknowledge,
    );
  }
  return {
    run: {
      ...run,
      ...{ status: 'verifying', reason: null, unreachableSince: null },
      nextStepAt: now,
      verifyUntil: now + verifyMs,
    },
    effects: acknowledge,
  };
}
