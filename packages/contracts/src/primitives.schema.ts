import { z } from 'zod';

/** UUIDs are written in lower case only, so that one id has one spelling. */
export const id = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'expected a UUID in lower case',
  )
  .meta({ format: 'uuid' });

/** RFC 3339 in UTC with milliseconds. There is a year 0000 in RFC 3339 and none in PostgreSQL. */
export const instant = z.iso
  .datetime({ precision: 3 })
  .refine((text) => !text.startsWith('0000'), 'expected a year from 0001');

export const cursor = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\w-]+$/, 'expected the next_cursor of a previous page');

// Control characters have no place in a name a person reads, and U+0000 cannot be stored in PostgreSQL at all.
const printable = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;

/**
 * A one-line text a person typed: trimmed, without control characters.
 *
 * @param max longest length in UTF-16 units
 * @param min shortest length after trimming
 */
export const line = (max: number, min = 1) =>
  z.string().trim().min(min).max(max).regex(printable, 'must be one line without control characters');

/** The text of a search box; empty means no search. */
export const searchText = line(200, 0);

/** A number in a query, which is text, so the number is read from it. Whoever parses says what was given. */
const wholeNumber = (least: number, most: number) => {
  const expected = `expected a whole number from ${least} to ${most}`;
  return z.coerce
    .number(expected)
    .int({ error: expected, abort: true })
    .min(least, expected)
    .max(most, expected);
};

/** Page size of a list. */
export const pageLimit = wholeNumber(1, 200).default(50);

/**
 * The shape of every list.
 *
 * @param item schema of one item
 */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: cursor.nullable(), total: z.int().min(0) });

export const idParams = z.strictObject({ id });
export const nothing = z.strictObject({});
