import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/counts.js';
import { groupChoicesQuery } from '../../lib/fleet.queries.js';
import { Card } from '../../ui/card.js';
import { CheckField } from '../../ui/check-field.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import classes from './hosts.step.module.css';
import { HostPicker } from './host-picker.js';
import type { Order } from './use-order.js';

export function HostsStep({ order }: { order: Order }) {
  return (
    <>
      <GroupPicker order={order} />
      <HostPicker order={order} />
    </>
  );
}

function GroupPicker({ order: { draft, change } }: { order: Order }) {
  const query = useQuery(groupChoicesQuery);
  const chosen = draft.group_ids;
  const toggle = (id: string): void =>
    change({ group_ids: chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id] });
  return (
    <Card title="Groups" note={chosen.length === 0 ? undefined : `${chosen.length} chosen`}>
      <QueryView query={query} what="the groups" skeleton={<SkeletonRows rows={2} waitsFor="the groups" />}>
        {(groups) =>
          groups.length === 0 ? (
            <p className={classes.quiet}>You are in no group with hosts yet.</p>
          ) : (
            <fieldset className={classes.groups}>
              <legend className={classes.legend}>Groups</legend>
              {groups.map(({ id, name, hosts }) => (
                <CheckField
                  key={id}
                  label={name}
                  note={countOf(hosts, 'host')}
                  checked={chosen.includes(id)}
                  onChange={() => toggle(id)}
                />
              ))}
            </fieldset>
          )
        }
      </QueryView>
    </Card>
  );
}
