import type { StoredResultView } from '@patchgate/contracts';
import type { Principal } from '../../platform/http/caller.js';
import type { StoredResultRow } from './check-history.repository.js';
import { wordsFor } from './words-for.js';

export const storedResultView = (row: StoredResultRow, viewer: Principal): StoredResultView =>
  wordsFor(viewer, { ...row, detail: row.detail ?? '', checked_at: row.checked_at.toISOString() });
