import type { OverviewView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf, formatCount, formatShare } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { StateBadge } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import classes from './overview.module.css';

const healths = ['healthy', 'unhealthy', 'unknown', 'none'] as const;
const meaning = { unknown: 'no fresh result', none: 'nothing watches them' } as const;

/** Four numbers, each the way to its hosts, and their proportions as one picture. */
export function FleetHealth({ hosts }: { hosts: OverviewView['hosts'] }) {
  const parts = healths.map((health) => `${formatCount(hosts[health])} ${states[health].word.toLowerCase()}`);
  return (
    <Card title="Fleet health" note={countOf(hosts.total, 'host')}>
      <div className={classes.stats}>
        {healths.map((health) => (
          <Link key={health} to="/hosts" search={{ health }} className={classes.stat}>
            <StateBadge state={health} variant="plain" />
            <span className={classes.number}>{formatCount(hosts[health])}</span>
            <span className={classes.share}>
              {health === 'unknown' || health === 'none'
                ? meaning[health]
                : `${formatShare(hosts[health], hosts.total)} of hosts`}
            </span>
          </Link>
        ))}
      </div>
      <div className={classes.bar} role="img" aria-label={parts.join(', ')}>
        {healths
          .filter((health) => hosts[health] > 0)
          .map((health) => (
            <span
              key={health}
              className={classes.part}
              data-health={health}
              style={{ flex: hosts[health] }}
            />
          ))}
      </div>
    </Card>
  );
}
