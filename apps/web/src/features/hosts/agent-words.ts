import type { HostView } from '@patchgate/contracts';

type Reason = NonNullable<HostView['agent_failure']>['reason'];

export interface Trouble {
  /** What is wrong, as one sentence. */
  what: string;
  /** Where a person looks next. */
  look: string;
}

const words: Readonly<Record<Reason, Trouble>> = {
  unreachable: {
    what: 'The agent cannot be reached',
    look: 'See whether it runs on the host, whether the address and port are right, and whether a firewall is in between.',
  },
  refused_us: {
    what: 'The agent does not accept this server',
    look: 'It may have been enrolled elsewhere, or its list of addresses lacks this server. Enrol it again.',
  },
  lost: {
    what: 'The agent gave no answer',
    look: 'Read its log on the host. It also hangs up without a word when it does not trust this server.',
  },
  refused: {
    what: 'The agent refuses to answer',
    look: 'It may be asked too often, or be too old to know the question. Read its log on the host.',
  },
  failed: {
    what: 'The agent could not answer',
    look: 'Read its log on the host.',
  },
  bad_answer: {
    what: 'What answers is no agent that makes sense',
    look: 'See what listens on this port of the host, and in which version.',
  },
};

const certificateLook =
  'Give the host a new certificate, or enrol it again. Until then nothing it says is believed.';

type Told = Pick<HostView, 'agent_status' | 'agent_failure'>;

/** What is wrong with the agent of a host, and what to do about it; null when nothing is. */
export function agentTrouble({ agent_status: status, agent_failure: failure }: Told): Trouble | null {
  if (status === 'not_enrolled') {
    return {
      what: 'No agent is enrolled on this host.',
      look: 'Facts, patches and service checks come from one. An administrator can enrol it.',
    };
  }
  if (failure === null) return null;
  const { what, look } = words[failure.reason];
  const detail = failure.detail.trim().replace(/\.$/, '');
  return {
    what: detail === '' ? `${what}.` : `${what}: ${detail}.`,
    look: failure.reason === 'unreachable' && detail.includes('certificate') ? certificateLook : look,
  };
}
