import type { JobBoardView, RunReasonName } from '@patchgate/contracts';
import { formatCountdown } from '../../lib/countdown.js';
import { whatHappensNext } from '../../lib/run-reasons.js';
import type { StateName } from '../../ui/states.js';

/** Reasons that are a state of their own: what our side could not ask is not what fails. */
export function reasonState(reason: RunReasonName): StateName | null {
  if (reason === 'check_error') return 'couldNotAsk';
  if (reason === 'agent_unreachable') return 'unreachable';
  return reason === 'job_paused' ? 'paused' : null;
}

type ReasonCount = JobBoardView['reasons'][number];

/** One line a reason, the reason of most hosts first; its example and its state are those of most of them. */
export function reasonLines(reasons: readonly ReasonCount[]): ReasonCount[] {
  return [...Map.groupBy(reasons, ({ reason }) => reason).values()]
    .flatMap((same) => {
      const [most] = same.toSorted((one, other) => other.count - one.count);
      return most === undefined ? [] : [{ ...most, count: same.reduce((sum, { count }) => sum + count, 0) }];
    })
    .sort((one, other) => other.count - one.count);
}

/**
 * One host of a line as its example, with the detail of it where there is one: `shop-web-07: Storefront answers: status
 * 503, next attempt in 2:52`.
 */
export function exampleWords({ reason, status, count, example }: ReasonCount, nowMs: number): string {
  const name = example.fqdn.split('.')[0] ?? example.fqdn;
  const next = example.next_attempt_at === null ? null : Date.parse(example.next_attempt_at) - nowMs;
  const what =
    example.detail === null || example.detail === '' ? whatHappensNext(reason, status) : example.detail;
  const when = next === null || next <= 0 ? '' : `, next attempt in ${formatCountdown(next)}`;
  return `${count === 1 ? name : `${name} and others`}: ${what.replace(/\.$/, '')}${when}`;
}
