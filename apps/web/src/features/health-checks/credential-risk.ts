import type { CheckValues } from './check-values.js';

/** Who could read the password on its way: `plain` all along it, `unverified` whoever claims to be the server. */
export type CredentialRisk = 'plain' | 'unverified';

type Sent = Pick<CheckValues, 'url' | 'ignore_cert_errors' | 'basic_auth_user'>;

export function credentialRisk({ url, ignore_cert_errors, basic_auth_user }: Sent): CredentialRisk | null {
  if (basic_auth_user.trim() === '') return null;
  const protocol = URL.parse(url.trim())?.protocol;
  if (protocol === 'http:') return 'plain';
  return protocol === 'https:' && ignore_cert_errors ? 'unverified' : null;
}

/**
 * Whether a stored password would be cleared by saving: it belongs to one scheme, host and port, or anybody could have
 * it sent to a server of his own. An address that cannot be read yet says nothing.
 */
export function losesPassword(savedUrl: string | undefined, url: string): boolean {
  const before = originOf(savedUrl ?? '');
  const after = originOf(url);
  return before !== null && after !== null && before !== after;
}

export function originOf(url: string): string | null {
  const parsed = URL.parse(url.trim());
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed.origin : null;
}
