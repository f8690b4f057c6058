export interface SignInSearch {
  /** Where to go afterwards, a path of this application. */
  to?: string | undefined;
  /** The session ended by itself; said to the person, who did not ask for this page. */
  ended?: 'yes' | undefined;
}

export const parseSignInSearch = (raw: Record<string, unknown>): SignInSearch => ({
  to: isOwnPath(raw.to) ? raw.to : undefined,
  ended: raw.ended === 'yes' ? 'yes' : undefined,
});

// A link may be made by anyone. `//other.example` and `/\other.example` would leave this site after the sign-in.
const isOwnPath = (value: unknown): value is string =>
  typeof value === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(value) && !value.startsWith('/sign-in');
