import { VisuallyHidden } from '@mantine/core';
import { states } from '../../ui/states.js';
import { BatchNote } from './batch-note.js';
import { groupWords } from './board-layout.js';
import type { BatchLine } from './board-layout.js';
import classes from './waffle.module.css';

/** More hosts than a picture has cells for: a bar a batch, a stretch a state. */
export function BatchBars({ lines }: { lines: readonly BatchLine[] }) {
  return (
    <ul className={`${classes.waffle ?? ''} ${classes.bars ?? ''}`} tabIndex={0} aria-label="Hosts by batch">
      {lines.map((line) => (
        <li key={line.batch} className={classes.line}>
          <span className={classes.name}>{line.name}</span>
          <span className={classes.bar} aria-hidden="true">
            {line.groups.map(({ group, count }) => (
              <i key={group.filter} data-tone={states[group.state].tone} style={{ flex: `${count} 1 0` }} />
            ))}
          </span>
          <VisuallyHidden>{groupWords(line.groups)}</VisuallyHidden>
          <span className={classes.note} aria-hidden="true">
            <BatchNote line={line} />
          </span>
        </li>
      ))}
    </ul>
  );
}
