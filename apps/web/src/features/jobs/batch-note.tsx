import { VisuallyHidden } from '@mantine/core';
import { formatCount } from '../../lib/counts.js';
import { useNow } from '../../lib/use-now.js';
import { StateIcon } from '../../ui/state-badge.js';
import type { BatchLine } from './board-layout.js';
import { clockOrDay } from './board-words.js';
import classes from './waffle.module.css';

/** Beside a batch: how many are in which state, or when it may begin. */
export function BatchNote({ line }: { line: BatchLine }) {
  const now = useNow();
  const isUntouched = line.groups.every(({ group }) => group.filter === 'queued');
  if (isUntouched) {
    if (line.expectedAt === null) return <span className={classes.quiet}>not begun</span>;
    const at = Date.parse(line.expectedAt);
    return <span className={classes.quiet}>{at <= now ? 'next' : `about ${clockOrDay(at, now)}`}</span>;
  }
  return line.groups
    .filter(({ group }) => group.filter !== 'queued')
    .map(({ group, count }) => (
      <span key={group.filter} className={classes.count}>
        <StateIcon state={group.state} />
        {formatCount(count)}
        <VisuallyHidden> {group.word.toLowerCase()}</VisuallyHidden>
      </span>
    ));
}
