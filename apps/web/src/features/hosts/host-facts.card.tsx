import type { HostView } from '@patchgate/contracts';
import { formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { FactList } from '../../ui/fact-list.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { systemOf } from './host-words.js';
import classes from './host.module.css';

const notReported = <span className={classes.quiet}>not reported yet</span>;

export function HostFacts({ host }: { host: HostView }) {
  const count = (value: number | null) => (value === null ? notReported : formatCount(value));
  return (
    <Card title="Facts">
      <FactList
        facts={[
          { name: 'Address', value: host.address },
          { name: 'Agent port', value: host.agent_port },
          { name: 'Agent version', value: host.agent_version ?? notReported },
          { name: 'System', value: systemOf(host) ?? notReported },
          { name: 'Kernel', value: host.kernel ?? notReported },
          { name: 'Architecture', value: host.architecture ?? notReported },
          { name: 'Patches', value: count(host.patches_total) },
          { name: 'Security patches', value: count(host.patches_security) },
          {
            name: 'Reboot needed',
            value: host.pending_reboot === null ? notReported : host.pending_reboot ? 'yes' : 'no',
          },
          { name: 'Last seen', value: <RelativeTime at={host.last_seen_at} /> },
          { name: 'Added', value: <RelativeTime at={host.created_at} /> },
          { name: 'Changed', value: <RelativeTime at={host.updated_at} /> },
        ]}
      />
    </Card>
  );
}
