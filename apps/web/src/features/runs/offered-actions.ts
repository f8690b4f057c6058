import type { RunDetailView } from '@patchgate/contracts';
import { isUndispatched } from '@patchgate/domain';
import type { IconName } from '../../ui/icon.js';
import { tooLateWords } from './gate-words.js';

export interface OfferedAction {
  name: 'checkNow' | 'skip' | 'override' | 'stop' | 'resolve';
  label: string;
  icon: IconName;
  look: 'first' | 'default' | 'danger';
  /** Why it is not possible; null where it is. */
  refusal: string | null;
  /** What it does, said below the buttons. */
  hint?: string;
}

interface Circumstances {
  isAdmin: boolean;
  isPaused: boolean;
  nowMs: number;
}

/** What may be asked of a run as it is, and why what is in sight cannot be. */
export function actionsOf(run: RunDetailView, circumstances: Circumstances): OfferedAction[] {
  if (isUndispatched(run.status)) return atGate(run, circumstances);
  // After the packages are in there is nothing left that an agent could leave undone.
  if (run.status === 'dispatching' || run.status === 'running') return [stop(run)];
  if (run.status === 'indeterminate' && run.resolution === null) {
    return [
      { name: 'resolve', label: 'Say what became of it…', icon: 'check', look: 'first', refusal: null },
    ];
  }
  return [];
}

function atGate(run: RunDetailView, { isAdmin, isPaused, nowMs }: Circumstances): OfferedAction[] {
  const tooLate = tooLateWords(run, nowMs);
  const cancelled = run.cancel_requested_at === null ? null : 'This host is being skipped.';
  const paused = isPaused ? 'No attempts are made while the job is paused.' : null;
  return [
    {
      ...({ name: 'checkNow', label: 'Check now', icon: 'refresh', look: 'first' } as const),
      refusal: tooLate ?? cancelled ?? paused,
    },
    {
      ...({ name: 'skip', label: 'Skip this host', icon: 'skip', look: 'default' } as const),
      refusal: tooLate ?? cancelled,
      hint: 'Skip ends this run unpatched.',
    },
    {
      ...({ name: 'override', label: 'Override…', icon: 'shield', look: 'danger' } as const),
      refusal: tooLate ?? cancelled ?? overrideRefusal(run, isAdmin),
      hint: 'Override is for administrators, needs a reason, and is audited with this evidence.',
    },
  ];
}

function overrideRefusal({ override }: RunDetailView, isAdmin: boolean): string | null {
  if (!isAdmin) return 'Only administrators may override the gate.';
  return override === null ? null : `${override.by} has overridden the gate already.`;
}

const stop = (run: RunDetailView): OfferedAction => ({
  ...({ name: 'stop', label: 'Ask the agent to stop', icon: 'stop', look: 'danger' } as const),
  refusal: run.cancel_requested_at === null ? null : 'The agent is asked to stop; its answer decides.',
  hint: 'The gate can no longer be asked or overridden: the patch was ordered.',
});
