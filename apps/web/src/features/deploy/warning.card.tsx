import { Link } from '@tanstack/react-router';
import { countOf, formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateIcon } from '../../ui/state-badge.js';
import type { Order } from './use-order.js';
import { warningsOf } from './warnings.js';
import type { Warning } from './warnings.js';
import classes from './warning.module.css';

const named = 3;

/** Whether the chosen hosts are well, before anything else is decided. */
export function WarningCard({ order }: { order: Order }) {
  const { draft, preview } = order;
  const isEmpty = draft.host_ids.length + draft.group_ids.length === 0;
  return (
    <Card
      title="The chosen hosts"
      note={isEmpty || preview.data === undefined ? undefined : countOf(preview.data.hosts_total, 'host')}
      padding="flush"
    >
      {isEmpty ? (
        <p className={classes.nothing}>Choose groups or hosts: what could hold them up is shown here.</p>
      ) : order.request === null && preview.data === undefined ? (
        <p className={classes.nothing}>What could hold them up is shown once every step is in order.</p>
      ) : (
        <QueryView
          query={preview}
          what="the state of the chosen hosts"
          skeleton={<SkeletonRows rows={3} waitsFor="the state of the chosen hosts" />}
        >
          {(data) => <WarningRows warnings={warningsOf(data)} healthy={healthyOf(data.items)} />}
        </QueryView>
      )}
    </Card>
  );
}

const healthyOf = (items: readonly { health_check_status: string }[]): number =>
  items.filter(({ health_check_status: status }) => status === 'healthy').length;

function WarningRows({ warnings, healthy }: { warnings: readonly Warning[]; healthy: number }) {
  return (
    <ul className={classes.rows}>
      {healthy > 0 && (
        <li className={classes.row}>
          <StateIcon state="healthy" />
          <div>
            <span className={classes.what}>{formatCount(healthy)} healthy</span>
          </div>
        </li>
      )}
      {warnings.map(({ state, word, means, hosts }) => (
        <li key={word} className={classes.row}>
          <StateIcon state={state} />
          <div>
            <span className={classes.what}>
              {formatCount(hosts.length)} {word}
            </span>{' '}
            <span className={classes.means}>{means}</span>
            <div className={classes.hosts}>
              {hosts.slice(0, named).map((host) => (
                <Link key={host.host_id} to="/hosts/$hostId" params={{ hostId: host.host_id }}>
                  {host.fqdn}
                </Link>
              ))}
              {hosts.length > named && (
                <Link to="/deploy" search={{ step: 'review' }}>
                  {formatCount(hosts.length - named)} more in the review
                </Link>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
