import type { FastifyRequest } from 'fastify';
import { AppError } from '../app-error.js';

const maxDepth = 16;
const maxValues = 20_000;

/**
 * Refuses bodies that are small in bytes and large in work (SEC-I1). Walks with its own stack: a deep body must not be
 * able to exhaust ours.
 *
 * @throws AppError `invalid_request`
 */
export function assertBodyShape({ body }: Pick<FastifyRequest, 'body'>): void {
  const open: { value: unknown; depth: number }[] = [{ value: body, depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    seen += 1;
    if (seen > maxValues)
      throw new AppError('invalid_request', `The body has more than ${maxValues} values.`);
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= maxDepth)
      throw new AppError('invalid_request', `The body is nested deeper than ${maxDepth}.`);
    for (const value of Object.values(next.value)) open.push({ value, depth: next.depth + 1 });
  }
}
