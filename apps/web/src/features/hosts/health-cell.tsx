import type { HostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { StateBadge } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { Tip } from '../../ui/tip.js';
import { CheckList } from './check-list.js';
import { CheckStrip } from './check-strip.js';
import classes from './health-cell.module.css';
import { checksSummary } from './host-words.js';

/** The way to the checks of a host, so that a keyboard reaches what they say as well as a pointer does. */
export function HealthCell({ host }: { host: HostView }) {
  const summary = checksSummary(host.health_checks);
  const badge = <StateBadge state={host.health_check_status} />;
  if (summary === null) return badge;
  return (
    <Tip label={<CheckList hostId={host.id} summary={summary} />}>
      <Link
        to="/hosts/$hostId"
        params={{ hostId: host.id }}
        className={classes.cell}
        aria-label={`${states[host.health_check_status].word}, ${summary}`}
      >
        {badge}
        <CheckStrip checks={host.health_checks} />
      </Link>
    </Tip>
  );
}
