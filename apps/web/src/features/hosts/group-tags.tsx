import type { HostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf } from '../../lib/counts.js';
import { Tip } from '../../ui/tip.js';
import classes from './group-tags.module.css';

/** A host's first group, a link to the hosts it shares it with, and how many more there are: a cell has room for one. */
export function GroupTags({ host }: { host: HostView }) {
  const [first, ...more] = host.groups;
  if (first === undefined) return <span className={classes.none}>no group</span>;
  const names = more.map((group) => group.name).join(', ');
  return (
    <span className={classes.tags}>
      <Link to="/hosts" search={{ group: first.id }} className={classes.tag} title={first.name}>
        <span className={classes.name}>{first.name}</span>
      </Link>
      {more.length > 0 && (
        <Tip label={names}>
          <Link
            to="/hosts/$hostId"
            params={{ hostId: host.id }}
            className={classes.tag}
            aria-label={`${countOf(more.length, 'more group', 'more groups')}: ${names}`}
          >
            +{more.length}
          </Link>
        </Tip>
      )}
    </span>
  );
}
