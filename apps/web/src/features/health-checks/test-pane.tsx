import { useEffect, useRef } from 'react';
import { namesField } from '../../lib/api-error.js';
import classes from './check-form.module.css';
import testClasses from './test-result.module.css';
import { TestOutcome } from './test-outcome.js';
import type { TestState } from './use-check-test.js';

interface TestPaneProps {
  state: TestState;
  ignoresCertErrors: boolean;
  /** A field was changed since. */
  isOutdated: boolean;
  onCancel: () => void;
}

/** The place beside the form where a test says what it found, before anything is saved. */
export function TestPane({ state, ignoresCertErrors, isOutdated, onCancel }: TestPaneProps) {
  const pane = useRef<HTMLElement>(null);
  // On a phone it lies below the fields: whoever pressed the button must not have to look for what it did.
  useEffect(() => {
    if (state.kind !== 'idle') pane.current?.scrollIntoView({ block: 'nearest' });
  }, [state.kind]);
  // What the server refuses about a field stands at the field.
  const isAtField = state.kind === 'failed' && namesField(state.error);
  return (
    <section ref={pane} className={classes.pane} aria-label="Test">
      <h3 className={testClasses.title}>Test</h3>
      {state.kind === 'idle' || isAtField ? (
        <p className={testClasses.quiet}>
          “Test” asks with what stands in the fields now, once and from this server. The audit log keeps that
          you asked, and nothing else is stored.
        </p>
      ) : (
        <TestOutcome
          state={state}
          ignoresCertErrors={ignoresCertErrors}
          isOutdated={isOutdated}
          onCancel={onCancel}
        />
      )}
    </section>
  );
}
