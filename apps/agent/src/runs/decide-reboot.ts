import type { RunOrder } from '@patchgate/contracts/agent';

import type { TransactionResult } from './journal-record.js';

export type RebootDecision = { kind: 'none' } | { kind: 'too_late' } | { kind: 'reboot'; dueAt: Date };

/** A restart follows a transaction that ended well, when it is allowed and needed, and not after its own deadline. */
export function decideReboot(order: RunOrder, result: TransactionResult, now: Date): RebootDecision {
  if (result.exit_code !== 0 || !order.allow_reboot || result.reboot_needed !== true) return { kind: 'none' };
  const dueAt = new Date(now.getTime() + order.reboot_delay_seconds * 1000);
  return order.reboot_not_after !== null && dueAt > new Date(order.reboot_not_after)
    ? { kind: 'too_late' }
    : { kind: 'reboot', dueAt };
}
