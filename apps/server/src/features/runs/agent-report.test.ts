import type { JobDetailReading, JobStatus, RunReading } from '@patchgate/agent-client';
import { describe, expect, it } from 'vitest';
import { eventOfJob, hasRestarted, reportOfRun } from './agent-report.js';

const reading: RunReading = {
  ...{
    run_id: 'run',
    state: 'succeeded',
    phase: 'ended',
    progress: 100,
    log: [],
    log_total: 0,
    exit_code: 0,
  },
  ...{ error: null, reboot_needed: true, boot_id_before: 'a', boot_id_after: 'b', agent_epoch: 'epoch' },
};
const before = { bootIdBefore: 'a', allowReboot: true };

describe('what an agent that takes runs says', () => {
  it('is proof of a reboot when the boot id is another, and of none when it is the same or not told', () => {
    expect(reportOfRun(reading, before).hasRebooted).toBe(true);
    expect(reportOfRun({ ...reading, boot_id_after: 'a' }, before).hasRebooted).toBe(false);
    expect(reportOfRun({ ...reading, boot_id_after: null }, before).hasRebooted).toBe(false);
    expect(
      reportOfRun({ ...reading, boot_id_before: null }, { ...before, bootIdBefore: null }).hasRebooted,
    ).toBe(false);
    expect(reportOfRun({ ...reading, boot_id_before: null }, before).hasRebooted).toBe(true);
  });

  it('is that the reboot is off when the run has ended on the same boot although one is needed', () => {
    expect(reportOfRun({ ...reading, boot_id_after: 'a' }, before).isRebootOff).toBe(true);
    expect(
      reportOfRun({ ...reading, boot_id_after: 'a', reboot_needed: false }, before).isRebootOff,
    ).toBeUndefined();
    expect(
      reportOfRun({ ...reading, state: 'rebooting', boot_id_after: null }, before).isRebootOff,
    ).toBeUndefined();
    expect(
      reportOfRun({ ...reading, boot_id_after: 'a' }, { ...before, allowReboot: false }).note,
    ).toBeUndefined();
  });

  it('has words for a failure in any case', () => {
    expect(reportOfRun({ ...reading, state: 'failed', exit_code: 100 }, before).error).toMatch(/100/);
    expect(reportOfRun({ ...reading, state: 'failed', error: 'dpkg was killed' }, before).error).toBe(
      'dpkg was killed',
    );
  });
});

describe('a job of the public agent', () => {
  const job = (status: JobStatus, changes: Partial<JobDetailReading> = {}): JobDetailReading => ({
    ...{
      job_id: 'job',
      operation: 'patchapply',
      status,
      created_at: null,
      completed_at: null,
      error_code: null,
    },
    ...{ packages: [], progress: 0, message: null, logs: [], error: null, exit_code: null },
    ...changes,
  });

  it.each([
    ['pending', 'accepted'],
    ['running', 'running'],
    ['rebooting', 'running'],
    ['completed', 'succeeded'],
    ['failed', 'failed'],
    ['timed_out', 'failed'],
    ['cancelled', 'cancelled'],
  ] as const)('that is %s is a run that is %s', (status, state) => {
    expect(eventOfJob(job(status), true, true)).toMatchObject({
      ...{ kind: 'agent_reported', hasChecks: true },
      report: { state, rebootNeeded: true, hasRebooted: false, rebootsItself: false },
    });
  });

  it('that failed because its agent was restarted has an outcome that nobody knows', () => {
    expect(eventOfJob(job('failed', { error_code: 'AGENT_REBOOTED' }), null, true).kind).toBe('outcome_lost');
  });

  it('in a state that nobody has told us says nothing', () => {
    expect(eventOfJob(job('unknown'), null, true).kind).toBe('agent_silent');
  });
});

describe('a machine that was told to restart', () => {
  const told = { uptimeSeconds: 60, bootIdBefore: null };

  it('has done so when its boot id is another, whatever its uptime', () => {
    const known = { ...told, bootIdBefore: 'a' };
    expect(hasRestarted({ boot_id: 'b', uptime_seconds: 9_000 }, known)).toBe(true);
    expect(hasRestarted({ boot_id: 'a', uptime_seconds: 1 }, known)).toBe(false);
  });

  it('has done so when the uptime went back', () => {
    expect(hasRestarted({ boot_id: null, uptime_seconds: 20 }, told)).toBe(true);
    expect(hasRestarted({ boot_id: null, uptime_seconds: 60 }, told)).toBe(false);
    expect(hasRestarted({ boot_id: null, uptime_seconds: 61 }, told)).toBe(false);
  });

  it('has not proved it when nothing is told', () => {
    expect(hasRestarted({ boot_id: null, uptime_seconds: null }, told)).toBe(false);
    expect(hasRestarted({ boot_id: null, uptime_seconds: 5 }, { ...told, uptimeSeconds: null })).toBe(false);
  });
});
