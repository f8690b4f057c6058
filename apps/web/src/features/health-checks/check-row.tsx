import { ActionIcon, Button } from '@mantine/core';
import type { HealthCheckView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Icon } from '../../ui/icon.js';
import { StateIcon } from '../../ui/state-badge.js';
import { CheckFigures } from './check-figures.js';
import { CheckMenu } from './check-menu.js';
import classes from './check-row.module.css';
import { CheckStatus } from './check-status.js';
import { useSavedTest } from './check-tests.js';
import { stateOf, targetOf, typeOf } from './check-words.js';
import { historyQuery } from './health-checks.queries.js';
import type { CheckDialog } from './use-check-dialog.js';

const RowTest = lazy(async () => ({ default: (await import('./row-test.js')).RowTest }));

interface CheckRowProps {
  check: HealthCheckView;
  mayEdit: boolean;
  onOpen: (dialog: CheckDialog) => void;
}

export function CheckRow({ check, mayEdit, onOpen }: CheckRowProps) {
  const history = useQuery(historyQuery(check));
  const test = useSavedTest(check);
  const edit = () => onOpen({ kind: 'edit', checkId: check.id });
  return (
    <li className={classes.row}>
      <div className={classes.name}>
        <StateIcon state={stateOf(check)} />
        <div className={classes.words}>
          <div className={classes.clip}>
            <h3 className={classes.title}>{check.name}</h3>{' '}
            <span className={classes.quiet}>{typeOf(check)}</span>
          </div>
          <div className={classes.target} title={targetOf(check)}>
            {targetOf(check)}
          </div>
        </div>
      </div>
      <CheckFigures check={check} history={history} />
      {mayEdit && (
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            aria-label={`Test ${check.name}`}
            aria-disabled={test.state.kind === 'running'}
            onClick={() => test.state.kind !== 'running' && test.start(undefined)}
          >
            Test
          </Button>
          <ActionIcon size="xs" className={classes.edit} aria-label={`Edit ${check.name}`} onClick={edit}>
            <Icon name="edit" />
          </ActionIcon>
          <CheckMenu check={check} onOpen={onOpen} />
        </div>
      )}
      <CheckStatus check={check} />
      {test.state.kind !== 'idle' && (
        <Suspense>
          <RowTest check={check} state={test.state} onCancel={test.cancel} onClose={test.clear} />
        </Suspense>
      )}
    </li>
  );
}
