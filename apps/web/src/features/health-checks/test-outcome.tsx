import { useNow } from '../../lib/use-now.js';
import { reasonOf, RequestId } from '../../ui/error-state.js';
import { Note } from '../../ui/note.js';
import { TestProgress } from './test-progress.js';
import { TestResult } from './test-result.js';
import classes from './test-result.module.css';
import type { TestState } from './use-check-test.js';

interface TestOutcomeProps {
  state: TestState;
  ignoresCertErrors: boolean;
  isOutdated: boolean;
  onCancel: () => void;
}

export function TestOutcome({ state, ignoresCertErrors, isOutdated, onCancel }: TestOutcomeProps) {
  const now = useNow();
  switch (state.kind) {
    case 'idle':
      return null;
    case 'running':
      return <TestProgress startedAtMs={state.startedAtMs} onCancel={onCancel} />;
    case 'cancelled':
      return <p role="status">The test was cancelled. Nothing was recorded here.</p>;
    case 'failed':
      return (
        <Note tone="bad" live>
          The test was not run. {reasonOf(state.error)}
          <RequestId error={state.error} />
        </Note>
      );
    case 'done':
      return (
        <>
          {isOutdated && (
            <p className={classes.outdated} role="status">
              A field was changed since this test.
            </p>
          )}
          <TestResult result={state.result} ignoresCertErrors={ignoresCertErrors} nowMs={now} />
        </>
      );
  }
}
