import { deploySteps, stepNames } from './deploy-search.js';
import { errorOfStep } from './draft-request.js';
import { risksOf, startingOf } from './preview-words.js';
import type { Order } from './use-order.js';

type Parts = Pick<Order, 'errors' | 'isPreviewed'> & {
  preview: Pick<Order['preview'], 'data' | 'isError'>;
};

/** Why the order cannot be made yet, as a sentence; null when it can. */
export function obstacleToOrder(
  { errors, preview: { data, isError }, isPreviewed }: Parts,
  accepted: ReadonlySet<string>,
): string | null {
  const wrong = deploySteps.find((step) => errorOfStep(step, errors) !== null);
  if (wrong !== undefined) return `${stepNames[wrong]}: ${errorOfStep(wrong, errors) ?? ''}`;
  if (isError && data === undefined) return 'What this order would do could not be found out.';
  if (!isPreviewed || data === undefined) return 'Finding out what this order would do…';
  if (startingOf(data) === 0) return 'No host of this order can start.';
  return risksOf(data).find(({ key }) => !accepted.has(key))?.missing ?? null;
}
