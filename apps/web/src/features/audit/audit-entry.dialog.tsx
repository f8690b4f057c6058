import type { AuditEntryView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { actionWords } from '../../lib/audit-words.js';
import { formatExact, viewerZone } from '../../lib/times.js';
import { FactList } from '../../ui/fact-list.js';
import { valueText } from './audit-details.js';
import { Dialog } from '../../ui/dialog.js';
import classes from './audit.module.css';

export function AuditEntryDialog({ entry, onClose }: { entry: AuditEntryView; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={actionWords(entry.action)} size={560}>
      <FactList
        facts={[
          { name: 'Number', value: entry.seq },
          { name: 'Time', value: formatExact(entry.at, viewerZone()) },
          { name: 'Time, UTC', value: formatExact(entry.at, 'UTC') },
          { name: 'Who', value: entry.actor_name },
          { name: 'From', value: entry.source_address ?? 'this server' },
          { name: 'Action', value: entry.action },
          { name: 'Outcome', value: entry.outcome },
          { name: 'Object', value: <ObjectLink entry={entry} onLeave={onClose} /> },
        ]}
      />
      <h3 className={classes.detailsTitle}>Details</h3>
      <FactList
        facts={Object.entries(entry.details).map(([name, value]) => ({ name, value: valueText(value) }))}
      />
      {Object.keys(entry.details).length === 0 && <p className={classes.quiet}>Nothing more was recorded.</p>}
    </Dialog>
  );
}

function ObjectLink({ entry, onLeave }: { entry: AuditEntryView; onLeave: () => void }) {
  if (entry.object_id === null) return entry.object_type;
  return (
    <>
      {entry.object_type}{' '}
      <Link to="/audit" search={{ object: entry.object_id }} className={classes.link} onClick={onLeave}>
        all its entries
      </Link>
    </>
  );
}
