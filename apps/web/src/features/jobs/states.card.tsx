import type { PatchJobView, RunFilterName } from '@patchgate/contracts';
import { formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { StateIcon } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { arcsOf } from './donut.js';
import { countOfGroup, stateGroups } from './state-groups.js';
import classes from './states.module.css';

const radius = 52;
const circumference = 2 * Math.PI * radius;

interface StatesCardProps {
  job: PatchJobView;
  chosen: RunFilterName | undefined;
  /** Undefined takes the filter away. */
  onChoose: (filter: RunFilterName | undefined) => void;
}

/** How many hosts are in which state; the legend filters the table. */
export function StatesCard({ job, chosen, onChoose }: StatesCardProps) {
  const parts = stateGroups.map((group) => ({ group, count: countOfGroup(group, job.run_counts) }));
  const shown = parts.filter(({ count, group }) => count > 0 || group.filter === chosen);
  const words = shown.map(({ group, count }) => `${group.word} ${count}`).join(', ');
  return (
    <Card title="Hosts by state" note="choose to filter">
      <div className={classes.donut}>
        <svg viewBox="0 0 132 132" role="img" aria-label={`${job.hosts_total} hosts by state: ${words}`}>
          {arcsOf(parts, { circumference, gap: 2, least: 3 }).map(({ part, length, offset }) => (
            <circle
              key={part.group.filter}
              className={classes.arc}
              data-tone={states[part.group.state].tone}
              data-chosen={part.group.filter === chosen || undefined}
              r={radius}
              cx="66"
              cy="66"
              strokeDasharray={`${length} ${circumference - length}`}
              strokeDashoffset={-offset}
              transform="rotate(-90 66 66)"
            />
          ))}
          <text x="66" y="67" className={classes.figure}>
            {formatCount(job.run_counts.succeeded)}
          </text>
          <text x="66" y="83" className={classes.of}>
            of {formatCount(job.hosts_total)}
          </text>
        </svg>
        <div className={classes.legend} role="group" aria-label="Filter the hosts by state">
          {shown.map(({ group, count }) => (
            <button
              key={group.filter}
              type="button"
              className={classes.filter}
              aria-pressed={group.filter === chosen}
              onClick={() => onChoose(group.filter === chosen ? undefined : group.filter)}
            >
              <StateIcon state={group.state} />
              <span>{group.word}</span>
              <span className={classes.count}>{formatCount(count)}</span>
            </button>
          ))}
        </div>
      </div>
    </Card>
  );
}
