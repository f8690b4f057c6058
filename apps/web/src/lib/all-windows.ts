import { maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { MaintenanceWindowView, RequestOf, ResponseOf } from '@patchgate/contracts';
import { call } from './api.js';

/** A window opens and closes without anything being changed, so no event tells of it. */
export const renewedMs = 60_000;
const pageSize = 200;
/** More rows than this no board shows; the search finds the rest. */
const mostWindows = 1_000;

type Filter = Omit<RequestOf<typeof maintenanceWindowEndpoints.list>['query'], 'limit' | 'cursor'>;
type Page = ResponseOf<typeof maintenanceWindowEndpoints.list>;

/** All windows that match, page after page. */
export async function allWindows(
  filter: Filter,
  signal: AbortSignal,
): Promise<{ items: MaintenanceWindowView[]; total: number }> {
  const items: MaintenanceWindowView[] = [];
  let [cursor, total]: [string | null, number] = ['', 0];
  while (cursor !== null && items.length < mostWindows) {
    const query = { ...filter, limit: pageSize, ...(cursor !== '' && { cursor }) };
    const page: Page = await call(maintenanceWindowEndpoints.list, { query }, signal);
    items.push(...page.items);
    [cursor, total] = [page.next_cursor, page.total];
  }
  return { items, total };
}
