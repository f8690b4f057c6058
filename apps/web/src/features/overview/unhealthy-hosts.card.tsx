import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { unhealthyHostsQuery } from './overview.queries.js';
import classes from './overview.module.css';

/** Whom the gate would stop now. */
export function UnhealthyHosts() {
  const query = useQuery(unhealthyHostsQuery);
  return (
    <Card
      title="Unhealthy hosts"
      note={query.data && formatCount(query.data.total)}
      padding="flush"
      actions={
        <Link to="/hosts" search={{ health: 'unhealthy' }} className={classes.link}>
          All unhealthy
        </Link>
      }
    >
      <QueryView
        query={query}
        what="the unhealthy hosts"
        skeleton={<SkeletonRows rows={4} waitsFor="the unhealthy hosts" />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.nothing}>No check fails on any host.</p>
          ) : (
            <ul className={classes.lines}>
              {items.map((host) => (
                <li key={host.id}>
                  <Link to="/hosts/$hostId" params={{ hostId: host.id }} className={classes.clip}>
                    <span className={classes.name}>{host.fqdn}</span>
                  </Link>
                  <StateBadge
                    state="unhealthy"
                    word={`${host.health_checks.unhealthy} of ${host.health_checks.total} fail`}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
