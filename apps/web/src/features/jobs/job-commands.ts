import type { PatchJobView } from '@patchgate/contracts';
import type { IconName } from '../../ui/icon.js';

export type CommandName = 'pause' | 'resume' | 'cancel' | 'retryFailed' | 'takeOver';

export interface OfferedCommand {
  name: CommandName;
  label: string;
  icon: IconName;
  look: 'first' | 'default' | 'danger';
  /** A button; the others stand in a menu. */
  isInSight: boolean;
}

const pause = { name: 'pause', label: 'Pause', icon: 'pause', look: 'default', isInSight: true } as const;
const resume = { name: 'resume', label: 'Resume', icon: 'play', look: 'first', isInSight: true } as const;
const cancel = {
  name: 'cancel',
  label: 'Cancel job',
  icon: 'stop',
  look: 'danger',
  isInSight: true,
} as const;
const retry = { name: 'retryFailed', label: 'Retry failed hosts', icon: 'refresh', look: 'default' } as const;
const takeOver = { name: 'takeOver', label: 'Take the job over', icon: 'users', look: 'default' } as const;

/** What may be asked of a job as it is. */
export function commandsOf(job: Pick<PatchJobView, 'status' | 'run_counts'>): OfferedCommand[] {
  const hasFailed = job.run_counts.failed > 0;
  switch (job.status) {
    case 'queued':
    case 'running':
      return [
        pause,
        cancel,
        ...(hasFailed ? [{ ...retry, isInSight: false }] : []),
        { ...takeOver, isInSight: false },
      ];
    case 'paused':
      return [
        resume,
        cancel,
        ...(hasFailed ? [{ ...retry, isInSight: false }] : []),
        { ...takeOver, isInSight: false },
      ];
    case 'succeeded':
    case 'cancelled':
    case 'failed':
    case 'partially_failed':
      return hasFailed ? [{ ...retry, isInSight: true }] : [];
  }
}
