import type { HostView } from '@patchgate/contracts';
import { Card } from '../../ui/card.js';
import { FactList } from '../../ui/fact-list.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { systemOf } from './host-words.js';
import classes from './host.module.css';

const notReported = <span className={classes.quiet}>not reported yet</span>;

export function HostFacts({ host }: { host: HostView }) {
  return (
    <Card title="Facts">
      <FactList
        facts={[
          { name: 'Address', value: host.address },
          { name: 'Agent port', value: host.agent_port },
          { name: 'System', value: systemOf(host) ?? notReported },
          { name: 'Kernel', value: host.kernel ?? notReported },
          { name: 'Architecture', value: host.architecture ?? notReported },
          {
            name: 'Reboot needed',
            value: host.pending_reboot === null ? notReported : host.pending_reboot ? 'yes' : 'no',
          },
          { name: 'Boot id', value: host.boot_id ?? notReported },
          { name: 'Added', value: <RelativeTime at={host.created_at} /> },
          { name: 'Changed', value: <RelativeTime at={host.updated_at} /> },
        ]}
      />
    </Card>
  );
}
