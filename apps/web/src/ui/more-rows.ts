import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { MoreRows } from './data-table.types.js';

export const moreRowsOf = (query: UseInfiniteQueryResult): MoreRows => ({
  hasMore: query.hasNextPage,
  isLoading: query.isFetching,
  hasFailed: query.isFetchNextPageError,
  load: () => void query.fetchNextPage(),
});
