import { id, instant } from '@patchgate/contracts';
import { AppError } from '../app-error.js';

/**
 * Cuts a page out of rows that were asked for with one more than the limit, and makes the cursor to the next.
 *
 * @param keyOf what the order is made of, for the last row shown
 */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly unknown[],
): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { rows: shown, nextCursor };
}

const encodeCursor = (key: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * Reads a cursor as the parts it was made of.
 *
 * @param isPart one check per part; a cursor of another list or a made-up one fails here and not in SQL
 * @throws AppError `invalid_request`
 */
export function readCursor<T extends readonly unknown[]>(
  cursor: string | undefined,
  isPart: { [K in keyof T]: (value: unknown) => value is T[K] },
): T | null {
  if (cursor === undefined) return null;
  const parts = parseParts(cursor);
  if (parts?.length === isPart.length && isPart.every((check, index) => check(parts[index]))) {
    return parts as unknown as T;
  }
  throw new AppError(
    'invalid_request',
    'cursor: expected the next_cursor of a previous page of the same list',
    {
      issues: [{ path: 'cursor', message: 'expected the next_cursor of a previous page of the same list' }],
    },
  );
}

function parseParts(cursor: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : null;
  } catch {
    // Whatever it is, it is no cursor; the caller says so.
    return null;
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string' && !/\u0000/.test(value);
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** A whole number that fits PostgreSQL's `integer`; a larger one would fail in the comparison. */
export const isInteger = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

export const isId = (value: unknown): value is string => id.safeParse(value).success;

export const isInstant = (value: unknown): value is string => instant.safeParse(value).success;
