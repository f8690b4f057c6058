import { compact } from '../../lib/search-params.js';

export interface SignInSearch {
  /** Where to go afterwards, a path of this application. */
  to?: string;
  /** The session ended by itself; said to the person, who did not ask for this page. */
  ended?: 'yes';
}

export const parseSignInSearch = (raw: Record<string, unknown>): SignInSearch =>
  compact({
    to: isOwnPath(raw.to) ? raw.to : undefined,
    ended: raw.ended === 'yes' ? ('yes' as const) : undefined,
  });

// A link may be made by anyone. `//other.example` and `/\other.example` would leave this site after the sign-in.
const isOwnPath = (value: unknown): value is string =>
  typeof value === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(value) && !value.startsWith('/sign-in');
