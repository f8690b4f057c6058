import type { JobPreviewView, PreviewHostView } from '@patchgate/contracts';
import { useState } from 'react';
import { countOf, formatCount } from '../../lib/counts.js';
import { zoneName } from '../../lib/moments.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { Card } from '../../ui/card.js';
import { SearchField } from '../../ui/search-field.js';
import { StateIcon } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { PreviewHostRow } from './preview-host-row.js';
import { outcomeMeanings, outcomes, outcomeStates } from './preview-words.js';
import type { Outcome } from './preview-words.js';
import classes from './preview-hosts.module.css';

interface PreviewHostsProps {
  preview: JobPreviewView;
  hasCanary: boolean;
}

/** Each host by what will happen to it, the worst first. */
export function PreviewHostsCard({ preview, hasCanary }: PreviewHostsProps) {
  const [q, setQ] = useState('');
  const now = useNow();
  const part = q.trim().toLowerCase();
  const found = preview.items.filter(({ fqdn }) => fqdn.includes(part));
  return (
    <Card
      title="Per host"
      note={`${formatCount(preview.hosts_total)}, times in ${zoneName(now, viewerZone())}`}
      padding="flush"
      actions={<SearchField label="Find a host" placeholder="Find a host" value={q} onSearch={setQ} />}
    >
      {found.length === 0 ? (
        <p className={classes.nothing}>No host of this order has such a name.</p>
      ) : (
        <table className={classes.table} role="table" aria-label="Hosts by what will happen">
          <thead className={classes.head}>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Host</th>
              <th scope="col">Health now</th>
              <th scope="col">Would start</th>
              <th scope="col">What would stop it</th>
              <th scope="col" className={classes.end}>
                Patches
              </th>
            </tr>
          </thead>
          {outcomes.map((outcome) => {
            const hosts = found.filter((host) => host.outcome === outcome).sort(byPlace);
            return (
              hosts.length > 0 && (
                <OutcomeRows key={outcome} outcome={outcome} hosts={hosts} hasCanary={hasCanary} />
              )
            );
          })}
        </table>
      )}
    </Card>
  );
}

/** In the order of the roll-out; those without a place in it by name. */
function byPlace(a: PreviewHostView, b: PreviewHostView): number {
  return (a.position ?? 0) - (b.position ?? 0) || (a.fqdn < b.fqdn ? -1 : 1);
}

interface OutcomeRowsProps {
  outcome: Outcome;
  hosts: readonly PreviewHostView[];
  hasCanary: boolean;
}

const firstShown = { ready: 8, no_gate: 20, would_wait: 20, will_not_start: 20 };
const moreAtOnce = 100;

function OutcomeRows({ outcome, hosts, hasCanary }: OutcomeRowsProps) {
  const [shown, setShown] = useState<number>(firstShown[outcome]);
  const more = Math.min(moreAtOnce, hosts.length - shown);
  return (
    <tbody role="rowgroup">
      <tr className={classes.outcome} role="row">
        <th scope="rowgroup" colSpan={6} role="rowheader">
          <span className={classes.title}>
            <StateIcon state={outcomeStates[outcome]} />
            <span>{states[outcomeStates[outcome]].word}</span>
            <span className={classes.count}>{formatCount(hosts.length)}</span>
            <span className={classes.means}>{outcomeMeanings[outcome]}</span>
          </span>
        </th>
      </tr>
      {hosts.slice(0, shown).map((host) => (
        <PreviewHostRow key={host.host_id} host={host} hasCanary={hasCanary} />
      ))}
      {more > 0 && (
        <tr role="row" className={classes.more}>
          <td colSpan={6} role="cell">
            <button type="button" onClick={() => setShown(shown + more)}>
              Show {countOf(more, 'more host', 'more hosts')} of {formatCount(hosts.length - shown)}
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
