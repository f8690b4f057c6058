import type { EnrollStatus } from '@patchgate/contracts/agent';
import { enrollStatus } from '@patchgate/contracts/agent';
import { setTimeout as delay } from 'node:timers/promises';

import { callManager, ManagerUnreachable } from '../manager-link/call-manager.js';
import type { PendingEnrolment } from './pending-enrolment.js';
import { EnrolmentError } from './enrolment-error.js';

export type Approval = Extract<EnrollStatus, { status: 'approved' }>;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Asks again and again until an administrator has decided; a manager that cannot be reached is asked later.
 *
 * @param say told when the manager cannot be reached and when it can again
 * @throws EnrolmentError when the request was denied or is not known any more
 */
export async function awaitApproval(
  pending: PendingEnrolment,
  say: (line: string) => void,
): Promise<Approval> {
  let waitMs = FIRST_WAIT_MS;
  let isReached = true;
  for (;;) {
    const { answer, waitAtLeastMs } = await ask(pending);
    if (isReached && typeof answer === 'string') say(`${answer}; asking again until it answers`);
    isReached = typeof answer !== 'string';
    if (typeof answer !== 'string') {
      switch (answer.status) {
        case 'approved':
          return answer;
        case 'denied':
          throw new EnrolmentError('an administrator denied this host');
        case 'notfound':
          throw new EnrolmentError(
            'the manager does not know this request any more; enrol again with a new token',
          );
        case 'pending':
          break;
      }
    }
    await delay(Math.max(waitMs, waitAtLeastMs));
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 1.5);
  }
}

/** @returns why there is no answer, in words, in place of one */
async function ask(
  pending: PendingEnrolment,
): Promise<{ answer: EnrollStatus | string; waitAtLeastMs: number }> {
  const path = `/api/v1/enroll/status/${encodeURIComponent(pending.polling_token)}`;
  const url = new URL(path, pending.manager);
  try {
    const { status, text, retryAfterSeconds } = await callManager({ url, authorities: [pending.authority] });
    const waitAtLeastMs = (retryAfterSeconds ?? 0) * 1000;
    if (status !== 200) return { answer: `the manager answered ${status}`, waitAtLeastMs };
    return { answer: enrollStatus.parse(JSON.parse(text)), waitAtLeastMs };
  } catch (error) {
    if (error instanceof ManagerUnreachable) return { answer: error.message, waitAtLeastMs: 0 };
    throw new EnrolmentError('the manager gave an answer that cannot be read', { cause: error });
  }
}
