import { VisuallyHidden } from '@mantine/core';
import type { RunDetailView } from '@patchgate/contracts';
import { StateIcon } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { stepsOf } from './run-steps.js';
import type { Step } from './run-steps.js';
import classes from './step-bar.module.css';

const phaseWords: Record<Step['phase'], string> = {
  ahead: 'ahead',
  now: 'under way',
  done: 'done',
  ended: 'ended here',
};

export function StepBar({ run }: { run: RunDetailView }) {
  return (
    <ol className={classes.steps} aria-label="Steps of the run">
      {stepsOf(run).map(({ name, phase, state, note }) => (
        <li
          key={name}
          className={classes.step}
          data-phase={phase}
          data-tone={state === null ? undefined : states[state].tone}
          aria-current={phase === 'now' ? 'step' : undefined}
        >
          {state !== null && <StateIcon state={state} />}
          <span className={classes.name}>{note ?? name}</span>
          <VisuallyHidden>, {phaseWords[phase]}</VisuallyHidden>
        </li>
      ))}
    </ol>
  );
}
