import { idOf } from '../../lib/search-params.js';

/** Which check's dialog is open on the page of a host: `new` adds one. */
export interface CheckSearch {
  check?: string | undefined;
}

export const parseCheckSearch = ({ check }: Record<string, unknown>): CheckSearch => ({
  check: check === 'new' ? check : idOf(check),
});
