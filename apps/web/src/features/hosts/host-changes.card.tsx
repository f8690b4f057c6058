import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { actionWords } from '../../lib/audit-words.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { hostChangesQuery } from './hosts.queries.js';
import classes from './host.module.css';

export function HostChanges({ hostId }: { hostId: string }) {
  const query = useQuery(hostChangesQuery(hostId));
  return (
    <Card
      title="Changes"
      padding="flush"
      actions={
        <Link to="/audit" search={{ object: hostId }} className={classes.link}>
          Audit log
        </Link>
      }
    >
      <QueryView query={query} what="the changes" skeleton={<SkeletonRows rows={3} waitsFor="the changes" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.nothing}>Nothing is recorded about this host.</p>
          ) : (
            <ul className={classes.changes}>
              {items.map((entry) => (
                <li key={entry.seq}>
                  <span>{actionWords(entry.action)}</span>
                  <span className={classes.quiet}>by {entry.actor_name}</span>
                  <RelativeTime at={entry.at} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
