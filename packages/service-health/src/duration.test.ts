import { expect, test } from 'vitest';

import { DurationError, parseDuration } from './duration.js';

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['2147483647ms', null],
  ['576h', 2_073_600_000],
])('%s is read as %s ms', (text, expected) => {
  if (expected === null) expect(() => parseDuration(text)).toThrow(DurationError);
  else expect(parseDuration(text)).toBe(expected);
});

test.each(['', '60', 's', '0s', '-1s', '1.5s', '60 s', ' 60s', '60S', '1d', '600h', '9999999999s', '60s\n'])(
  '%j is refused with a message that says what is expected',
  (text) => {
    expect(() => parseDuration(text)).toThrow(DurationError);
    expect(() => parseDuration(text)).toThrow(/is not a duration: expected .* 500ms, 60s or 2m/);
  },
);
