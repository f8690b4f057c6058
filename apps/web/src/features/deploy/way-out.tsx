import type { PreviewHostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { useAllows } from '../../lib/principal.js';
import { obstacleOf } from './preview-words.js';
import classes from './preview-hosts.module.css';

/** The link to where the obstacle of a host is removed. */
export function WayOut({ host }: { host: PreviewHostView }) {
  const mayEdit = useAllows('admin');
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
      return mayEdit && host.reason === 'no_window' ? (
        <Link to="/windows" search={{ dialog: 'maintenance' }} className={classes.way} aria-label={name}>
          {way.label}
        </Link>
      ) : (
        <Link to="/windows" search={{ view: 'list' }} className={classes.way} aria-label={name}>
          {mayEdit ? way.label : 'See windows'}
        </Link>
      );
    case 'checks':
    case 'host':
      return (
        <Link to="/hosts/$hostId" params={{ hostId }} className={classes.way} aria-label={name}>
          {way.label}
        </Link>
      );
  }
}
