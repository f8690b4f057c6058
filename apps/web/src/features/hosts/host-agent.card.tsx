import type { HostView } from '@patchgate/contracts';
import { Card } from '../../ui/card.js';
import { FactList } from '../../ui/fact-list.js';
import { Note } from '../../ui/note.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import { agentTrouble } from './agent-words.js';
import { agentState } from './host-words.js';
import classes from './host.module.css';

/** Whether the agent of a host is there: first what is wrong with it, then what is known of it. */
export function HostAgent({ host }: { host: HostView }) {
  const trouble = agentTrouble(host);
  const isThere = host.agent_status === 'connected';
  return (
    <Card title="Agent" actions={<StateBadge state={agentState(host.agent_status)} variant="plain" />}>
      {trouble !== null && (
        <div className={classes.trouble}>
          <Note tone={host.agent_status === 'not_enrolled' ? 'plain' : isThere ? 'wait' : 'bad'}>
            <p className={classes.foreign}>{trouble.what}</p>
            <p className={classes.quiet}>{trouble.look}</p>
          </Note>
        </div>
      )}
      {host.agent_status !== 'not_enrolled' && (
        <FactList
          facts={[
            { name: 'Version', value: host.agent_version ?? 'not told yet' },
            { name: 'Last seen', value: <RelativeTime at={host.last_seen_at} /> },
            {
              name: 'Certificate ends',
              value: <RelativeTime at={host.agent_certificate_valid_to} never="not seen yet" />,
            },
          ]}
        />
      )}
    </Card>
  );
}
