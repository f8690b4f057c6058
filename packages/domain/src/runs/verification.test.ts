import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckVerdict, Verdict } from './verdict.js';
import { verificationOf, withVerdicts } from './verification.js';
import type { VerifiedCheck } from './verification.js';

const found = (checkId: string, verdict: Verdict): CheckVerdict => ({
  ...{ checkId, name: checkId, verdict, reason: 'ok', detail: '', latencyMs: 1, checkedAt: 0 },
});
const pair = (before: Verdict, after: Verdict | null = null, passes = 0, checkId = 'a'): VerifiedCheck => ({
  ...{ checkId, name: checkId, before, passes, after: after && found(checkId, after) },
});
const inTime = { now: 9, until: 10 };
const over = { now: 10, until: 10 };

describe('withVerdicts', () => {
  test('passes are counted in a row', () => {
    const once = withVerdicts([pair('pass')], [found('a', 'pass')]);
    expect(once).toEqual([pair('pass', 'pass', 1)]);
    expect(withVerdicts(once, [found('a', 'pass')])).toEqual([pair('pass', 'pass', 2)]);
    for (const verdict of ['fail', 'error'] as const) {
      expect(withVerdicts(once, [found('a', verdict)])).toEqual([pair('pass', verdict, 0)]);
    }
  });

  test('one that was not probed is left as it was', () => {
    expect(withVerdicts([pair('pass', 'pass', 1)], [found('b', 'fail')])).toEqual([pair('pass', 'pass', 1)]);
  });
});

describe('verificationOf', () => {
  test.each([
    ['has passed twice', [pair('pass', 'pass', 2)], 'verified', 'verified'],
    ['has passed once', [pair('pass', 'pass', 1)], null, null],
    ['fails', [pair('pass', 'fail')], null, 'regressed'],
    ['could not be asked', [pair('pass', 'error')], null, 'regressed'],
    ['was never probed', [pair('pass')], null, 'regressed'],
    ['was red and is', [pair('fail', 'fail')], 'pre_existing', 'pre_existing'],
    ['was red and is no more', [pair('fail', 'pass', 1)], 'verified', 'verified'],
    ['could not be asked before and passes', [pair('error', 'pass', 1)], 'verified', 'verified'],
    ['was red and was never probed', [pair('error')], null, 'pre_existing'],
    ['has passed and another fails', [pair('pass', 'pass', 2), pair('pass', 'fail')], null, 'regressed'],
    ['has passed once and another fails', [pair('pass', 'pass', 1), pair('pass', 'fail')], null, 'regressed'],
    [
      'has passed and another is red as before',
      [pair('pass', 'pass', 2), pair('fail', 'error')],
      'pre_existing',
      'pre_existing',
    ],
    [
      'is red as before and another has passed once',
      [pair('fail', 'fail'), pair('pass', 'pass', 1)],
      null,
      null,
    ],
    ['is red as before and another fails', [pair('fail', 'fail'), pair('pass', 'fail')], null, 'regressed'],
    [
      'was red and passes, and another was red and fails',
      [pair('fail', 'pass', 1), pair('fail', 'fail')],
      'pre_existing',
      'pre_existing',
    ],
    [
      'was red and passes, and another was never probed',
      [pair('fail', 'pass', 1), pair('fail')],
      null,
      'pre_existing',
    ],
  ] as const)('a check %s', (_name, checks, before, after) => {
    expect(verificationOf(checks, inTime)).toBe(before);
    expect(verificationOf(checks, over)).toBe(after);
  });

  test('nobody looked before the time was over: one more look decides', () => {
    const once = withVerdicts([pair('pass')], [found('a', 'pass')]);
    expect(verificationOf(once, over)).toBeNull();
    expect(verificationOf(withVerdicts(once, [found('a', 'pass')]), over)).toBe('verified');
    expect(verificationOf(withVerdicts(once, [found('a', 'fail')]), over)).toBe('regressed');
  });

  test('it comes to an end with the second look after the time at the latest', () => {
    const verdict = fc.constantFrom<Verdict>('pass', 'fail', 'error');
    const looks = fc.array(verdict, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(verdict, looks), { minLength: 1, maxLength: 5 }), (checks) => {
        let pairs: readonly VerifiedCheck[] = checks.map(([before], index) =>
          pair(before, null, 0, `${index}`),
        );
        const decide = (look: number) => {
          pairs = withVerdicts(
            pairs,
            checks.map(([, verdicts], index) => found(`${index}`, verdicts[look]!)),
          );
          return verificationOf(pairs, { now: 9 + look, until: 10 });
        };
        const decided = decide(0) ?? decide(1) ?? decide(2);
        const isBack = pairs.every(({ before, passes }) => before !== 'pass' || passes >= 2);
        const isGreen = pairs.every(({ after }) => after?.verdict === 'pass');
        const expected = isGreen ? 'verified' : 'pre_existing';
        expect(decided).toBe(isBack ? expected : 'regressed');
      }),
    );
  });
});
