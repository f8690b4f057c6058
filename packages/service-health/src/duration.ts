const DURATION = /^(\d{1,9})(ms|s|m|h)$/;
const MS_PER_UNIT: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** The longest delay a Node timer can keep (2^31 - 1 ms); a longer one would fire at once. */
const MAX_MS = 2_147_483_647;

/** Not a duration; the message says what was given and what is expected. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/**
 * Reads a duration such as `500ms`, `60s`, `2m` or `1h` as milliseconds.
 *
 * @throws DurationError on anything else, on zero and on more than 24 days.
 */
export function parseDuration(text: string): number {
  const [, digits = '', unit = ''] = DURATION.exec(text) ?? [];
  const durationMs = Number(digits) * (MS_PER_UNIT[unit] ?? 0);
  if (durationMs > 0 && durationMs <= MAX_MS) return durationMs;
  throw new DurationError(
    `"${text}" is not a duration: expected a positive whole number with a unit, at most 24 days, for example 500ms, 60s or 2m`,
  );
}
