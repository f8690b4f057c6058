import { runFilter, runReason } from '@patchgate/contracts';
import type { RunFilterName, RunReasonName } from '@patchgate/contracts';
import { idOf, oneOf, textOf } from '../../lib/search-params.js';

export interface BoardSearch {
  q?: string | undefined;
  status?: RunFilterName | undefined;
  reason?: RunReasonName | undefined;
  /** The run whose panel is open. */
  run?: string | undefined;
}

export const parseBoardSearch = (raw: Record<string, unknown>): BoardSearch => ({
  q: textOf(raw.q),
  status: oneOf(runFilter.options, raw.status),
  reason: oneOf(runReason.options, raw.reason),
  run: idOf(raw.run),
});

export const isFiltered = ({ q, status, reason }: BoardSearch): boolean =>
  [q, status, reason].some((value) => value !== undefined);
