import { z } from 'zod';

/** Controls, halves of characters, marks that turn the direction of writing, and line ends that are no newline. */
const deceptive = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * What an agent wrote, fit to be stored and shown: one line, nothing invisible, no longer than wanted.
 *
 * @param max longest length in UTF-16 units
 */
export function tame(text: string, max: number): string {
  return text.replaceAll(deceptive, ' ').trim().slice(0, max).toWellFormed();
}

/** May be missing too. */
export const anything = z.unknown().optional();

/** A text of an agent that must be there. */
export const text = (max = 200) => z.string().transform((given) => tame(given, max));

/** A text of an agent that may be missing, or something else than a text: null then, and when nothing is left of it. */
export const optionalText = (max = 200) =>
  anything.transform((given) => (typeof given === 'string' ? tame(given, max) || null : null));

/** A flag of an agent that may be missing: null then, never a guess. */
export const optionalFlag = anything.transform((given) => (typeof given === 'boolean' ? given : null));

/** A count of an agent that may be missing. */
export const optionalCount = anything.transform((given) =>
  Number.isSafeInteger(given) && (given as number) >= 0 ? (given as number) : null,
);

/**
 * A list of an agent of which what cannot be read is left out, so that one odd item does not hide the others.
 *
 * @param item schema of one
 * @param max how many are read at most
 */
export const tolerantList = <T extends z.ZodType>(item: T, max: number) =>
  z.array(z.unknown()).transform((given) =>
    given.slice(0, max).flatMap((each) => {
      const { success, data } = item.safeParse(each);
      return success ? [data] : [];
    }),
  );
