import { Button } from '@mantine/core';
import { healthCheckEndpoints } from '@patchgate/contracts';
import type { RunDetailView, TestResultView } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { whatHappened } from '../../lib/check-reasons.js';
import { countOf } from '../../lib/counts.js';
import { refresh } from '../../lib/refresh.js';
import { formatClockSeconds, viewerZone } from '../../lib/times.js';
import { reasonOf } from '../../ui/error-state.js';
import { Icon } from '../../ui/icon.js';
import { StateBadge } from '../../ui/state-badge.js';
import classes from './changes.module.css';

interface Answer {
  id: string;
  name: string;
  /** A check may have been deleted since, or not be asked again so soon. */
  outcome: PromiseSettledResult<TestResultView>;
}

/** Asks the checks of a host anew after a patch that left some of them failing. The run stays as it ended. */
export function CheckAgain({ run: { host_id: hostId, checks } }: { run: RunDetailView }) {
  const queryClient = useQueryClient();
  const again = useMutation({
    mutationFn: async (): Promise<Answer[]> => {
      const ask = (id: string) => call(healthCheckEndpoints.test, { params: { id: hostId, check_id: id } });
      const outcomes = await Promise.allSettled(checks.map(({ check_id: id }) => ask(id)));
      return outcomes.map((outcome, nth) => ({
        id: checks[nth]?.check_id ?? '',
        name: checks[nth]?.name ?? '',
        outcome,
      }));
    },
    // Such a test counts like a poll.
    onSettled: () => refresh(queryClient, 'hosts', 'overview'),
  });
  const answers = again.data ?? [];
  return (
    <section aria-label="The checks now" aria-busy={again.isPending} className={classes.again}>
      <Button
        variant="default"
        leftSection={<Icon name="refresh" />}
        aria-disabled={again.isPending}
        {...(again.isPending && { 'data-disabled': true })}
        onClick={() => {
          if (!again.isPending) again.mutate();
        }}
      >
        {again.isPending ? `Asking ${countOf(checks.length, 'check')}` : 'Check again'}
      </Button>
      <div role="status">
        {answers.length > 0 && (
          <>
            <p className={classes.quiet}>
              Now, {formatClockSeconds(again.submittedAt, viewerZone())}; the run stays as it ended.
            </p>
            <ul className={classes.answers}>
              {answers.map((answer) => (
                <li key={answer.id}>
                  <AnswerOf {...answer} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

function AnswerOf({ name, outcome }: Answer) {
  if (outcome.status === 'rejected') {
    return (
      <>
        <StateBadge state="couldNotAsk" /> {name}
        <span className={classes.detail} data-verdict="error">
          {reasonOf(outcome.reason)}
        </span>
      </>
    );
  }
  const { value } = outcome;
  return (
    <>
      <StateBadge state={value.healthy ? 'pass' : 'fail'} /> {name}
      {!value.healthy && <span className={classes.detail}>{whatHappened(value)}</span>}
    </>
  );
}
