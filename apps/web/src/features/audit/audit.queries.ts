import { auditLogEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';
import type { AuditSearch } from './audit-search.js';

const pageSize = 200;

const queryOf = ({ q, type, object, actor }: AuditSearch) => ({
  ...(q !== undefined && { q }),
  ...(type !== undefined && { object_type: type }),
  ...(object !== undefined && { object_id: object }),
  ...(actor !== undefined && { actor_id: actor }),
  limit: pageSize,
});

export const fetchAuditPage = (search: AuditSearch, cursor: string, signal?: AbortSignal) =>
  call(auditLogEndpoints.list, { query: { ...queryOf(search), ...(cursor !== '' && { cursor }) } }, signal);

export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', queryOf(search)],
    queryFn: ({ pageParam, signal }) => fetchAuditPage(search, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
