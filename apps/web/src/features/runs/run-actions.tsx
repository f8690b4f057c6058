import { Button } from '@mantine/core';
import type { RunDetailView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useAllows } from '../../lib/principal.js';
import { useNow } from '../../lib/use-now.js';
import { reasonOf } from '../../ui/error-state.js';
import { Icon } from '../../ui/icon.js';
import { Note } from '../../ui/note.js';
import { actionsOf } from './offered-actions.js';
import type { OfferedAction } from './offered-actions.js';
import classes from './run-actions.module.css';
import { useRunCommand } from './run.mutations.js';

export type RunAction = OfferedAction['name'];

interface RunActionsProps {
  run: RunDetailView;
  isPaused: boolean;
  onAsk: (action: RunAction) => void;
}

/** What may be asked of the run as it is. What is not possible stays in its place and says why. */
export function RunActions({ run, isPaused, onAsk }: RunActionsProps) {
  const now = useNow();
  const isAdmin = useAllows('admin');
  const checkNow = useRunCommand({ jobId: run.job_id, runId: run.id }, 'checkNow');
  const offered = actionsOf(run, { isAdmin, isPaused, nowMs: now });
  if (offered.length === 0) return null;

  const start = ({ name, refusal }: OfferedAction): void => {
    if (refusal !== null) return;
    if (name !== 'checkNow') onAsk(name);
    else if (!checkNow.isPending)
      checkNow.mutate(undefined, { onSuccess: () => announce(`The checks of ${run.fqdn} are asked now.`) });
  };
  // The same reason may hold for several of them; it is said once.
  const refusals = [...new Set(offered.flatMap(({ refusal }) => refusal ?? []))];
  const hints = offered.flatMap(({ refusal, hint }) => (refusal === null && hint !== undefined ? hint : []));
  return (
    <div className={classes.actions} role="group" aria-label="What to do with this run">
      <div className={classes.buttons}>
        {offered.map((action) => (
          <Button
            key={action.name}
            {...(action.look !== 'first' && { variant: action.look })}
            className={classes.button ?? ''}
            data-apart={action.look === 'danger' || undefined}
            aria-disabled={action.refusal !== null || (action.name === 'checkNow' && checkNow.isPending)}
            {...(action.refusal !== null && { 'data-disabled': true, title: action.refusal })}
            leftSection={<Icon name={action.icon} />}
            onClick={() => start(action)}
          >
            {action.label}
          </Button>
        ))}
      </div>
      {checkNow.isError && (
        <Note tone="bad" live>
          {reasonOf(checkNow.error)}
        </Note>
      )}
      {refusals.length + hints.length > 0 && (
        <p className={classes.hint} data-refused={refusals.length > 0 || undefined}>
          {refusals.join(' ')} <span>{hints.join(' ')}</span>
        </p>
      )}
    </div>
  );
}
