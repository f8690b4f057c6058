import type { CheckInput } from '@patchgate/contracts';
import type { Sealer } from '../../platform/secrets/sealer.js';
import { noPassword, sealPassword } from './basic-auth-password.js';
import type { CheckFields, SecretFields, StoredCheck } from './health-check.row.js';
import { originOf } from './target-of.js';

/**
 * The sealed password after a change: one that is sent is sealed anew, null clears it, and one that is left out is kept
 * as long as it goes to the same origin with a user. Else somebody could send it to a server of his own.
 */
export function nextPassword(
  sealer: Sealer,
  before: StoredCheck,
  { input, fields }: { input: CheckInput; fields: CheckFields },
): SecretFields {
  const sent = passwordOf(input);
  if (sent === null || fields.basic_auth_user === null) return noPassword;
  if (sent !== undefined) return sealPassword(sealer, sent, { id: before.id, url: fields.url });
  if (originOf(fields) !== originOf(before)) return noPassword;
  const { basic_auth_pass_encrypted, basic_auth_pass_nonce, secret_key_id } = before;
  return { basic_auth_pass_encrypted, basic_auth_pass_nonce, secret_key_id };
}

/** Undefined: not sent. */
export const passwordOf = (input: CheckInput): string | null | undefined =>
  input.check_type === 'http' ? input.basic_auth_pass : null;
