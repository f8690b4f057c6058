import { textOf } from '../../lib/search-params.js';

export interface UserSearch {
  q?: string | undefined;
}

export const parseUserSearch = (raw: Record<string, unknown>): UserSearch => ({ q: textOf(raw.q) });
