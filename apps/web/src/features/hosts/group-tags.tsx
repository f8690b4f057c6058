import { Link } from '@tanstack/react-router';
import classes from './group-tags.module.css';

interface GroupTagsProps {
  groups: readonly { id: string; name: string }[];
}

/** A host's groups, each a link to the hosts it shares them with. */
export function GroupTags({ groups }: GroupTagsProps) {
  if (groups.length === 0) return <span className={classes.none}>no group</span>;
  return (
    <span className={classes.tags}>
      {groups.map((group) => (
        <Link key={group.id} to="/hosts" search={{ group: group.id }} className={classes.tag}>
          {group.name}
        </Link>
      ))}
    </span>
  );
}
