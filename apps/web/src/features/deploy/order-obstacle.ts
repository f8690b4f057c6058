import type { JobRequest } from '@patchgate/contracts';
import { countOf, formatCount } from '../../lib/counts.js';
import { deploySteps, stepNames } from './deploy-search.js';
import { errorOfStep } from './draft-request.js';
import { risksOf, startingOf } from './preview-words.js';
import type { Order } from './use-order.js';

type Parts = Pick<Order, 'errors' | 'isPreviewed'> & {
  request: Pick<JobRequest, 'canary'> | null;
  preview: Pick<Order['preview'], 'data' | 'isError'>;
};

/** Why the order cannot be made yet, as a sentence; null when it can. */
export function obstacleToOrder(
  { errors, preview: { data, isError }, isPreviewed, request }: Parts,
  accepted: ReadonlySet<string>,
): string | null {
  const canary = request?.canary ?? 0;
  const wrong = deploySteps.find((step) => errorOfStep(step, errors) !== null);
  if (wrong !== undefined) return `${stepNames[wrong]}: ${errorOfStep(wrong, errors) ?? ''}`;
  if (isError && data === undefined) return 'What this order would do could not be found out.';
  if (!isPreviewed || data === undefined) return 'Finding out what this order would do…';
  const starting = startingOf(data);
  if (starting === 0) return 'No host of this order can start.';
  // The preview judges the canary by all hosts; those left out are none of it.
  if (canary > starting) {
    return `Roll-out: a canary of ${formatCount(canary)}, and ${countOf(starting, 'host')} can start.`;
  }
  return risksOf(data).find(({ key }) => !accepted.has(key))?.missing ?? null;
}
