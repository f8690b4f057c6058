import type { PreviewHostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { obstacleOf } from './preview-words.js';
import classes from './preview-hosts.module.css';

/** The link to where the obstacle of a host is removed. */
export function WayOut({ host }: { host: PreviewHostView }) {
  const { way } = obstacleOf(host);
  if (way === null) return null;
  const hostId = host.host_id;
  const name = `${way.label}, ${host.fqdn}`;
  switch (way.to) {
    case 'job':
      return host.busy_in === null ? null : (
        <Link
          to="/jobs/$jobId"
          params={{ jobId: host.busy_in.job_id }}
          className={classes.way}
          aria-label={name}
        >
          {way.label}
        </Link>
      );
    case 'add-check':
      return (
        <Link
          to="/hosts/$hostId"
          params={{ hostId }}
          search={{ check: 'new' }}
          className={classes.way}
          aria-label={name}
        >
          {way.label}
        </Link>
      );
    case 'windows':
    case 'checks':
    case 'host':
      return (
        <Link to="/hosts/$hostId" params={{ hostId }} className={classes.way} aria-label={name}>
          {way.label}
        </Link>
      );
  }
}
