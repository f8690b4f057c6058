import type { PatchJobView } from '@patchgate/contracts';
import { countOf } from '../../lib/counts.js';
import { stateGroups, countOfGroup } from './state-groups.js';
import type { CommandName } from './job-commands.js';

interface CommandWords {
  title: string;
  confirm: string;
  /** What will be different, and what stays as it is. */
  happens: string;
  done: (answer: PatchJobView) => string;
}

const hosts = (count: number): string => countOf(count, 'host');

/** What a person is told before the command, of this job as it is. */
export function commandWords(job: PatchJobView, command: CommandName): CommandWords {
  const { queued, waiting_health_check: atGate, failed } = job.run_counts;
  const notStarted = queued + atGate;
  const atAgents = stateGroups
    .filter(({ filter }) => filter === 'in_progress')
    .reduce((sum, group) => sum + countOfGroup(group, job.run_counts), 0);
  const goesOn = atAgents === 0 ? '' : ` ${hosts(atAgents)} being patched now will be finished.`;
  switch (command) {
    case 'pause':
      return {
        title: 'Pause this job?',
        confirm: 'Pause job',
        happens: `No further host starts: ${hosts(notStarted)} will wait.${goesOn} Windows go on closing, and a host whose window closes meanwhile is not patched.`,
        done: () => 'The job is paused.',
      };
    case 'resume':
      return {
        title: 'Resume this job?',
        confirm: 'Resume job',
        happens: `${acceptanceOf(job)}${hosts(notStarted)} may start again, each behind its gate.`,
        done: () => 'The job goes on.',
      };
    case 'cancel':
      return {
        title: 'Cancel this job?',
        confirm: 'Cancel job',
        happens: `${hosts(notStarted)} will not be patched. ${
          atAgents === 0
            ? 'No host is being patched now.'
            : `The agents of ${hosts(atAgents)} are asked to stop; a package system at work is never interrupted, so some of them will still be patched.`
        } This cannot be taken back.`,
        done: () => 'The job is cancelled.',
      };
    case 'retryFailed':
      return {
        title: 'Retry the failed hosts?',
        confirm: 'Order again',
        happens: `A new job orders the same for ${hosts(failed)} that failed. Each goes through its gate again, in its next window or with a new deadline. This job stays as it is.`,
        done: ({ number }) => `Job ${number} orders the failed hosts again.`,
      };
    case 'takeOver':
      return {
        title: 'Take this job over?',
        confirm: 'Take over',
        happens: `You will answer for this job instead of ${job.created_by.name}: each host that has not started is checked against your groups. You need to reach all of its hosts. This is audited.`,
        done: () => 'You answer for this job now.',
      };
  }
}

const acceptanceOf = ({ paused, failures }: PatchJobView): string => {
  if (paused?.reason === 'canary_failed') {
    return 'You accept that the canary did not succeed, and the batches after it begin. ';
  }
  return failures === 0
    ? ''
    : `You accept ${countOf(failures, 'failure')} so far, and counting begins anew. `;
};
