import { compact, textOf } from '../../lib/search-params.js';

export interface UserSearch {
  q?: string;
}

export const parseUserSearch = (raw: Record<string, unknown>): UserSearch => compact({ q: textOf(raw.q) });
