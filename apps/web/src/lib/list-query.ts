import type { InfiniteData } from '@tanstack/react-query';

/** One page of any list of the API. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
  total: number;
}

export const nextCursor = (page: Page<unknown>): string | undefined => page.next_cursor ?? undefined;

/** The rows of all pages fetched so far, and how many there are in truth. */
export function rowsOf<Item>(list: InfiniteData<Page<Item>>): { rows: Item[]; total: number } {
  return { rows: list.pages.flatMap((page) => page.items), total: list.pages.at(-1)?.total ?? 0 };
}
