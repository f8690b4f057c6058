export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/**
 * A local time as milliseconds: those of the instant at which UTC shows it.
 *
 * @param text `YYYY-MM-DDTHH:mm`
 * @returns null for what is not written so or not on the calendar (ISO 8601, proleptic Gregorian)
 */
export function parseLocal(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u.test(text)) return null;
  const localMs = Date.parse(`${text}Z`);
  // Date.parse takes 31 February for 3 March, and 24:00 for the next day.
  return !Number.isNaN(localMs) && formatLocal(localMs) === text ? localMs : null;
}

/** The opposite of `parseLocal`; seconds are cut off. */
export const formatLocal = (localMs: number): string => new Date(localMs).toISOString().slice(0, 16);
