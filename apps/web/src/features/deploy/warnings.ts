import type { JobPreviewView, PreviewHostView } from '@patchgate/contracts';
import type { StateName } from '../../ui/states.js';

interface WarningKind {
  state: StateName;
  word: string;
  /** What it means for the order, as a sentence. */
  means: string;
  is: (host: PreviewHostView) => boolean;
}

export interface Warning extends Omit<WarningKind, 'is'> {
  hosts: PreviewHostView[];
}

const agentReasons: readonly PreviewHostView['reason'][] = [
  'agent_unreachable',
  'agent_busy',
  'agent_refused',
];

// The worst first: those that cannot be ordered, then those that may wait, then those nothing would hold back.
const kinds: readonly WarningKind[] = [
  {
    state: 'willNotStart',
    word: 'busy in another job',
    means: 'A host is in one job at a time: wait for that job or cancel it.',
    is: ({ busy_in: busy }) => busy !== null,
  },
  {
    state: 'willNotStart',
    word: 'without a window',
    means: 'No maintenance window covers them, so they would never start.',
    is: ({ reason }) => reason === 'no_window',
  },
  {
    state: 'willNotStart',
    word: 'in a blackout',
    means: 'A blackout forbids patching them for now.',
    is: ({ reason }) => reason === 'blackout',
  },
  {
    state: 'unreachable',
    word: 'whose agent cannot be used',
    means: 'Without their agent nothing can be installed.',
    is: ({ reason }) => agentReasons.includes(reason),
  },
  {
    state: 'unhealthy',
    word: 'unhealthy',
    means: 'They are patched only if every check turns healthy before the window closes.',
    is: ({ health_check_status: status }) => status === 'unhealthy',
  },
  {
    state: 'unknown',
    word: 'without a fresh result',
    means: 'Nobody knows their health now; the gate asks the checks itself before it opens.',
    is: ({ health_check_status: status }) => status === 'unknown',
  },
  {
    state: 'none',
    word: 'without checks',
    means: 'Nothing can hold the patch back, and nothing is compared after it.',
    is: ({ health_check_status: status }) => status === 'none',
  },
];

/** What a person should know of the chosen hosts before going on, the worst first; a host may be in several. */
export const warningsOf = ({ items }: JobPreviewView): Warning[] =>
  kinds
    .map(({ is, ...words }) => ({ ...words, hosts: items.filter(is) }))
    .filter(({ hosts }) => hosts.length > 0);
