import { Button } from '@mantine/core';
import type { HealthCheckView } from '@patchgate/contracts';
import rowClasses from './check-row.module.css';
import { TestOutcome } from './test-outcome.js';
import classes from './test-result.module.css';
import type { TestState } from './use-check-test.js';

interface RowTestProps {
  check: HealthCheckView;
  state: TestState;
  onCancel: () => void;
  onClose: () => void;
}

/** What a test of a saved check found, under its row. */
export function RowTest({ check, state, onCancel, onClose }: RowTestProps) {
  return (
    <section className={`${rowClasses.test ?? ''} ${classes.box ?? ''}`} aria-label={`Test of ${check.name}`}>
      <TestOutcome
        state={state}
        ignoresCertErrors={check.ignore_cert_errors}
        isOutdated={false}
        onCancel={onCancel}
      />
      {state.kind !== 'running' && (
        <Button size="xs" variant="quiet" className={classes.close ?? ''} onClick={onClose}>
          Close
        </Button>
      )}
    </section>
  );
}
