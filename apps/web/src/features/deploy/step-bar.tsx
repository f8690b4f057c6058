import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';
import { Icon } from '../../ui/icon.js';
import { StateIcon } from '../../ui/state-badge.js';
import { deploySteps, stepNames } from './deploy-search.js';
import type { DeployStep } from './deploy-search.js';
import { errorOfStep } from './draft-request.js';
import classes from './step-bar.module.css';
import { stepInShort } from './step-words.js';
import type { Order } from './use-order.js';

interface StepAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  isHere: boolean;
  ref?: Ref<HTMLAnchorElement>;
}

// The router would call the open step a page.
const StepLink = createLink(({ isHere, ...props }: StepAnchorProps) => (
  <a {...props} aria-current={isHere ? 'step' : undefined} />
));

/** The five steps, a link each: none is locked, and each says what it holds so far. */
export function StepBar({ step: current, order }: { step: DeployStep; order: Order }) {
  const at = deploySteps.indexOf(current);
  return (
    <nav aria-label="Steps">
      <ol className={classes.steps}>
        {deploySteps.map((step, index) => {
          const isWrong = index < at && errorOfStep(step, order.errors) !== null;
          const isDone = index < at && !isWrong;
          const mark = isWrong ? 'wrong' : isDone ? 'done' : index === at ? 'here' : 'later';
          return (
            <li key={step} className={classes.step} data-mark={mark}>
              <span className={classes.number} aria-hidden="true">
                {isWrong ? (
                  <StateIcon state="failed" />
                ) : isDone ? (
                  <Icon name="check" size={14} />
                ) : (
                  index + 1
                )}
              </span>
              <span className={classes.words}>
                <StepLink
                  to="/deploy"
                  search={{ step: step === 'hosts' ? undefined : step }}
                  className={classes.name ?? ''}
                  isHere={step === current}
                  aria-label={isWrong ? `${stepNames[step]}, needs a change` : stepNames[step]}
                >
                  {stepNames[step]}
                </StepLink>
                <span className={classes.short}>{stepInShort(step, order)}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
