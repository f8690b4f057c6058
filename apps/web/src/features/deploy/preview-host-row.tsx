import type { PreviewHostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/counts.js';
import { momentInShort } from '../../lib/moments.js';
import { whatItMeans } from '../../lib/run-reasons.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { Icon } from '../../ui/icon.js';
import { splitName } from '../../lib/host-name.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Tip } from '../../ui/tip.js';
import { WayOut } from './way-out.js';
import { healthOf, obstacleOf, placeOf } from './preview-words.js';
import classes from './preview-hosts.module.css';

export function PreviewHostRow({ host, hasCanary }: { host: PreviewHostView; hasCanary: boolean }) {
  const { text } = obstacleOf(host);
  const { short, domain } = splitName(host.fqdn);
  const health = healthOf(host);
  const isOut = host.outcome === 'will_not_start';
  return (
    <tr role="row" className={classes.host}>
      <td role="cell" data-cell="place" data-quiet={isOut || undefined}>
        {placeOf(host, hasCanary)}
      </td>
      <th role="rowheader" scope="row" data-cell="name">
        <Link to="/hosts/$hostId" params={{ hostId: host.host_id }} title={host.fqdn}>
          {short}
          <span className={classes.domain}>{domain}</span>
        </Link>
      </th>
      <td role="cell" data-cell="health">
        <StateBadge state={host.health_check_status} {...(health !== null && { word: health })} />
      </td>
      <td role="cell" data-cell="start">
        <Start host={host} firstBatch={hasCanary ? 0 : 1} />
      </td>
      <td role="cell" data-cell="obstacle">
        <span className={classes.obstacle}>
          {text === null ? (
            <span className={classes.quiet}>Nothing known</span>
          ) : (
            <Tip label={host.reason === null ? null : whatItMeans(host.reason)}>
              <span className={classes.text}>{text}</span>
            </Tip>
          )}
          <WayOut host={host} />
        </span>
      </td>
      <td role="cell" data-cell="patches">
        <Patches host={host} />
      </td>
    </tr>
  );
}

interface StartProps {
  host: PreviewHostView;
  firstBatch: number;
}

function Start({ host: { outcome, earliest_start_at: at, batch }, firstBatch }: StartProps) {
  const now = useNow();
  if (at === null)
    return <span className={classes.quiet}>{outcome === 'will_not_start' ? 'never' : 'not known'}</span>;
  const atMs = Date.parse(at);
  // Only the first batch is sure of its time; the others follow when those before them are done.
  const about = batch !== null && batch > firstBatch ? 'after ' : '';
  return (
    <span className={classes.start}>
      {atMs <= now + 60_000 && about === '' ? 'now' : `${about}${momentInShort(atMs, now, viewerZone())}`}
    </span>
  );
}

function Patches({ host: { patches, requires_reboot: reboots } }: { host: PreviewHostView }) {
  if (patches === null) return <span className={classes.quiet}>not known</span>;
  return (
    <>
      {reboots === true && (
        <span title="Needs a reboot">
          <Icon name="power" size={14} />{' '}
        </span>
      )}
      {formatCount(patches)}
    </>
  );
}
