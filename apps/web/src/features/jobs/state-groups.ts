import type { PatchJobView, RunFilterName, RunStatusName } from '@patchgate/contracts';
import { runStates } from '../../ui/run-states.js';
import { states } from '../../ui/states.js';
import type { StateName } from '../../ui/states.js';

/** States of runs as a person counts them; the value is what the list of runs is asked for. */
export interface StateGroup {
  filter: RunFilterName;
  state: StateName;
  word: string;
  statuses: readonly RunStatusName[];
}

const single = (status: RunStatusName): StateGroup => ({
  filter: status,
  state: runStates[status],
  word: states[runStates[status]].word,
  statuses: [status],
});

/** In the order of a roll-out: what is done, what goes on, what has trouble, what is to come. */
export const stateGroups: readonly StateGroup[] = [
  single('succeeded'),
  {
    filter: 'in_progress',
    state: 'patching',
    word: 'In progress',
    statuses: ['dispatching', 'running', 'rebooting', 'verifying'],
  },
  single('waiting_health_check'),
  single('failed'),
  single('indeterminate'),
  single('cancelled'),
  single('queued'),
];

export const countOfGroup = ({ statuses }: StateGroup, counts: PatchJobView['run_counts']): number =>
  statuses.reduce((sum, status) => sum + counts[status], 0);

/** The word of a filter: of a group, or of one status in it. */
export const wordOfFilter = (filter: RunFilterName): string =>
  stateGroups.find((group) => group.filter === filter)?.word ??
  (filter === 'in_progress' ? 'In progress' : states[runStates[filter]].word);
