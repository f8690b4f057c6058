import type { Deadline } from '@patchgate/dial';

import type { WorkPermits } from './work-permits.js';

/**
 * A permit to work, if one comes free in time.
 *
 * @returns what gives it back
 * @throws DialError `timeout`
 */
export async function enterWithin(permits: WorkPermits, deadline: Deadline): Promise<() => void> {
  const entering = permits.enter();
  try {
    return await deadline.race(entering);
  } catch (error) {
    // The permit that comes for us is not ours any more.
    void entering.then((leave) => leave());
    throw error;
  }
}
