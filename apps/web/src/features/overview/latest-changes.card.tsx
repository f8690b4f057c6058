import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { actionWords, subjectOf } from '../../lib/audit-words.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { latestChangesQuery } from './overview.queries.js';
import classes from './overview.module.css';

export function LatestChanges() {
  const query = useQuery(latestChangesQuery);
  return (
    <Card
      title="Latest changes"
      padding="flush"
      actions={
        <Link to="/audit" className={classes.link}>
          Audit log
        </Link>
      }
    >
      <QueryView query={query} what="the changes" skeleton={<SkeletonRows rows={4} waitsFor="the changes" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.nothing}>Nothing is recorded yet.</p>
          ) : (
            <ul className={classes.lines}>
              {items.map((entry) => (
                <li key={entry.seq}>
                  <span className={classes.clip}>
                    <span className={classes.name}>{actionWords(entry.action)}</span>{' '}
                    {subjectOf(entry.details)} <span className={classes.quiet}>by {entry.actor_name}</span>
                  </span>
                  <span className={classes.quiet}>
                    <RelativeTime at={entry.at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
