import { AppError } from '../../platform/app-error.js';
import { UnsealError } from '../../platform/secrets/sealer.js';
import type { Sealer } from '../../platform/secrets/sealer.js';
import { keyIdsOf, openPassword } from './basic-auth-password.js';
import type { StoredCheck } from './health-check.row.js';

/**
 * The password of a check for somebody who waits for what is done with it.
 *
 * @returns null for a check without one
 * @throws AppError `secret_unreadable` when it does not open, saying how that is mended
 */
export async function openForCaller(sealer: Sealer, check: StoredCheck): Promise<string | null> {
  await sealer.learnKeys(keyIdsOf([check]));
  try {
    return openPassword(sealer, check);
  } catch (cause) {
    if (!(cause instanceof UnsealError)) throw cause;
    const message = `the stored password of ${check.name} cannot be opened with the keys of this server: enter it again and save`;
    throw new AppError('secret_unreadable', `T${message.slice(1)}.`, {
      cause,
      issues: [{ path: 'basic_auth_pass', message }],
    });
  }
}
