import type { RunDetailView, RunStatusName } from '@patchgate/contracts';
import { runStates } from '../../ui/run-states.js';
import type { StateName } from '../../ui/states.js';

export interface Step {
  name: string;
  /** Before its turn, under way, over, or the one that ended the run. */
  phase: 'ahead' | 'now' | 'done' | 'ended';
  /** How it looks, where it has begun. */
  state: StateName | null;
  note?: string;
}

type Stepped = Pick<RunDetailView, 'status' | 'reason' | 'dispatched_at' | 'reboot' | 'verification'>;

const names = ['Gate', 'Dispatch', 'Patch', 'Reboot', 'Verify'] as const;

/** Which step a run is in, or ended in. */
const stepOf: Record<RunStatusName, (run: Stepped) => number> = {
  queued: () => 0,
  waiting_health_check: () => 0,
  dispatching: () => 1,
  running: () => 2,
  rebooting: () => 3,
  verifying: () => 4,
  succeeded: () => names.length,
  failed: endedIn,
  cancelled: (run) => (run.dispatched_at === null ? 0 : 2),
  indeterminate: endedIn,
};

function endedIn({ reason, dispatched_at: dispatched }: Stepped): number {
  if (dispatched === null) return 0;
  if (reason === 'agent_refused') return 1;
  if (reason === 'reboot_timeout') return 3;
  return reason === 'regressed' ? 4 : 2;
}

/** The way of a run: gate, dispatch, patch, reboot, verification. */
export function stepsOf(run: Stepped): Step[] {
  const current = stepOf[run.status](run);
  const isOver = ['failed', 'cancelled', 'indeterminate'].includes(run.status);
  return names.map((name, index) => {
    if (index < current) return doneStep(name, run);
    if (index > current) return { name, phase: 'ahead', state: null };
    return { name, phase: isOver ? 'ended' : 'now', state: runStates[run.status] };
  });
}

function doneStep(name: (typeof names)[number], { reboot, verification }: Stepped): Step {
  if (name === 'Reboot' && reboot !== 'done') {
    const note = reboot === 'not_allowed' ? 'Reboot not allowed' : 'No reboot';
    return { name, phase: 'done', state: 'none', note };
  }
  if (name === 'Verify' && verification === 'none') {
    return { name, phase: 'done', state: 'notVerified', note: 'Not verified' };
  }
  if (name === 'Verify' && verification === 'pre_existing')
    return { name, phase: 'done', state: 'preExisting' };
  return { name, phase: 'done', state: 'succeeded' };
}
