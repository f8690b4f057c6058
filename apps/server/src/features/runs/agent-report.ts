import type { AgentHealthReading, JobDetailReading, RunReading } from '@patchgate/agent-client';
import type { AgentReport, RunEvent } from '@patchgate/domain';

/** What was known of the machine when its order was sent, and what it may do. */
export interface MachineBefore {
  readonly bootIdBefore: string | null;
  readonly allowReboot: boolean;
}

/** What an agent that takes runs says of one. It restarts its host by itself, and proves it by another boot id. */
export function reportOfRun(reading: RunReading, { bootIdBefore, allowReboot }: MachineBefore): AgentReport {
  const { state, error, exit_code, reboot_needed, boot_id_before, boot_id_after } = reading;
  const before = boot_id_before ?? bootIdBefore;
  const isRebootMissing = state === 'succeeded' && reboot_needed === true && allowReboot;
  const hasRebooted = before !== null && boot_id_after !== null && boot_id_after !== before;
  return {
    ...{ state, hasRebooted, rebootsItself: true },
    error:
      error ?? (state === 'failed' ? `the package transaction ended with ${exit_code ?? 'no result'}` : null),
    rebootNeeded: reboot_needed,
    // A run that has ended on the same boot restarts nothing any more: its time for that was over.
    ...(isRebootMissing && !hasRebooted && { isRebootOff: true, note: rebootOff }),
  };
}

const rebootOff = 'the host still has to restart: the window was over before it could';

/** What a job of the public agent means; its reboots are ours to order. */
export function eventOfJob(
  job: JobDetailReading,
  pendingReboot: boolean | null,
  hasChecks: boolean,
): RunEvent {
  const lost = (detail: string): RunEvent => ({ kind: 'outcome_lost', detail });
  const reported = (state: AgentReport['state'], error: string | null): RunEvent => ({
    ...{ kind: 'agent_reported', hasChecks },
    report: { state, error, rebootNeeded: pendingReboot, hasRebooted: false, rebootsItself: false },
  });
  switch (job.status) {
    case 'pending':
      return reported('accepted', null);
    case 'running':
    case 'rebooting':
      return reported('running', null);
    case 'completed':
      return reported('succeeded', null);
    case 'failed':
      // Said of whatever was under way when the agent ended: the package system may have gone on without it.
      if (job.error_code === 'AGENT_REBOOTED') {
        return lost('the agent was restarted in the middle, and does not know what became of the packages');
      }
      return reported('failed', wordsOf(job) ?? 'the agent says that the job failed');
    case 'cancelled':
      return reported('cancelled', wordsOf(job));
    case 'timed_out':
      return reported('failed', wordsOf(job) ?? 'the package transaction took too long');
    case 'unknown':
      return {
        kind: 'agent_silent',
        detail: 'the agent speaks of its job in a word that nobody has told us',
      };
  }
}

const wordsOf = ({ error, message, exit_code }: JobDetailReading): string | null => {
  const text = error ?? message;
  if (text === null || exit_code === null) return text;
  return `${text} (exit code ${exit_code})`;
};

/** A machine as it was when it was told to restart. */
export interface MachineTold {
  readonly uptimeSeconds: number | null;
  readonly bootIdBefore: string | null;
}

/**
 * Whether a machine has started anew since: by its boot id, else because its uptime went back. How long it should have
 * been up is not reckoned, for that would believe our clock.
 */
export function hasRestarted(
  { boot_id, uptime_seconds }: Pick<AgentHealthReading, 'boot_id' | 'uptime_seconds'>,
  { uptimeSeconds, bootIdBefore }: MachineTold,
): boolean {
  if (boot_id !== null && bootIdBefore !== null) return boot_id !== bootIdBefore;
  return uptime_seconds !== null && uptimeSeconds !== null && uptime_seconds < uptimeSeconds;
}
