import type { HealthCheckView } from '@patchgate/contracts';
import { useMemo } from 'react';
import { CheckRow } from './check-row.js';
import classes from './check-row.module.css';
import { HistoryLegend } from './history-bars.js';
import { bucketsOf } from './history-buckets.js';
import { usePollingRules } from './polling-rules.js';
import type { CheckDialog } from './use-check-dialog.js';

interface CheckRowsProps {
  checks: readonly HealthCheckView[];
  /** When the list was fetched, milliseconds since the epoch. */
  asOfMs: number;
  mayEdit: boolean;
  onOpen: (dialog: CheckDialog) => void;
}

export function CheckRows({ checks, asOfMs, mayEdit, onOpen }: CheckRowsProps) {
  const rules = usePollingRules();
  const axis = useMemo(() => bucketsOf([], { createdAtMs: 0, asOfMs, rules }), [asOfMs, rules]);
  return (
    <>
      <ul>
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} mayEdit={mayEdit} onOpen={onOpen} />
        ))}
      </ul>
      <div className={classes.foot}>
        <HistoryLegend buckets={axis} />
      </div>
    </>
  );
}
