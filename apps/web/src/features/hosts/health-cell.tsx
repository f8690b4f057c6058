import type { HostView } from '@patchgate/contracts';
import { StateBadge } from '../../ui/state-badge.js';
import { Tip } from '../../ui/tip.js';
import { CheckStrip } from './check-strip.js';
import classes from './health-cell.module.css';
import { checksSummary } from './host-words.js';

export function HealthCell({ host }: { host: HostView }) {
  const summary = checksSummary(host.health_checks);
  const badge = <StateBadge state={host.health_check_status} />;
  if (summary === null) return badge;
  return (
    <Tip label={summary}>
      <span className={classes.cell}>
        {badge}
        <CheckStrip checks={host.health_checks} label={summary} />
      </span>
    </Tip>
  );
}
