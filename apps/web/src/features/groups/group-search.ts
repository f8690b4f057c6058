import { textOf } from '../../lib/search-params.js';

export interface GroupSearch {
  q?: string | undefined;
}

export const parseGroupSearch = (raw: Record<string, unknown>): GroupSearch => ({ q: textOf(raw.q) });
