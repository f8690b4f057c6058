import { compact, textOf } from '../../lib/search-params.js';

export interface GroupSearch {
  q?: string;
}

export const parseGroupSearch = (raw: Record<string, unknown>): GroupSearch => compact({ q: textOf(raw.q) });
