import { useMediaQuery } from '@mantine/hooks';
import type { RunDetailView } from '@patchgate/contracts';
import { isUndispatched } from '@patchgate/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useAllows } from '../../lib/principal.js';
import { ChangesCard } from './changes.card.js';
import { GateCard } from './gate.card.js';
import { LogCard } from './log.card.js';
import { ProgressCard } from './progress.card.js';
import { RunActions } from './run-actions.js';
import type { RunAction } from './run-actions.js';
import { RunDialog } from './run.dialog.js';
import { RunNote } from './run-note.js';
import classes from './run.module.css';

interface RunBodyProps {
  run: RunDetailView;
  isPaused: boolean;
  belowGate: ReactNode;
}

/** The cards of a run, in the order in which they matter: the gate first until the patch is ordered, what came of it after. */
export function RunBody({ run, isPaused, belowGate }: RunBodyProps) {
  const mayCommand = useAllows('operator');
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [dialog, setDialog] = useState<RunAction | null>(null);
  const actions = mayCommand && <RunActions run={run} isPaused={isPaused} onAsk={setDialog} />;
  const isAtGate = isUndispatched(run.status);
  const isOrdered = run.dispatched_at !== null;
  return (
    <>
      <div className={classes.body}>
        <RunNote run={run} isPaused={isPaused} />
        {isAtGate && <GateCard run={run} actions={!isPhone && actions} isFolded={false} />}
        {isAtGate && belowGate}
        {!isAtGate && <ProgressCard run={run} actions={!isPhone && actions} />}
        {run.ended_at !== null && <ChangesCard run={run} />}
        {(isOrdered || run.log_lines > 0) && <LogCard run={run} />}
        {!isAtGate && <GateCard run={run} isFolded={isOrdered} />}
        {run.ended_at === null && <ChangesCard run={run} />}
      </div>
      {isPhone && actions !== false && <div className={classes.thumb}>{actions}</div>}
      {dialog !== null && <RunDialog run={run} action={dialog} onClose={() => setDialog(null)} />}
    </>
  );
}
