import { literalAddress } from '@patchgate/dial';
import type { DialPolicy } from '@patchgate/dial';
import { invalidField } from '../../platform/app-error.js';
import type { CheckFields } from './health-check.row.js';
import { targetOf } from './target-of.js';

/**
 * Refuses a literal address no probe may go to, so that a person learns it while typing. The decision that counts is
 * made when it is dialled, for what a name stands for can change at any time.
 *
 * @throws AppError naming the field
 */
export function assertPermittedTarget(fields: CheckFields, policy: DialPolicy): void {
  const target = targetOf(fields);
  if (!target) return;
  const address = literalAddress(target.host);
  if (address === null || policy.permits(address, target.port)) return;
  throw invalidField(
    fields.url === null ? 'target_host' : 'url',
    `checks may not connect to ${address} port ${target.port}`,
  );
}
