import type { Verification } from './run.js';
import type { CheckVerdict, Verdict } from './verdict.js';

/** A check of the attempt that opened the gate, and what was found of it since the patch. */
export interface VerifiedCheck {
  readonly checkId: string;
  readonly name: string;
  readonly before: Verdict;
  /** The latest; null before the first, and for a check that is gone or switched off by now. */
  readonly after: CheckVerdict | null;
  /** Passes in a row. */
  readonly passes: number;
}

/** A single pass may be luck: a service that starts and falls over passes once. */
const passesNeeded = 2;

/** The checks with what one more probe of each found. One that was not probed any more is left as it was. */
export function withVerdicts(
  checks: readonly VerifiedCheck[],
  verdicts: readonly CheckVerdict[],
): readonly VerifiedCheck[] {
  const found = new Map(verdicts.map((verdict) => [verdict.checkId, verdict]));
  return checks.map((check) => {
    const after = found.get(check.checkId);
    if (!after) return check;
    return { ...check, after, passes: after.verdict === 'pass' ? check.passes + 1 : 0 };
  });
}

/**
 * Whether the checks of a host have come back after its patch. One that was red already, and let through, cannot
 * regress: it is said to have been so before. One that has just passed for the first time when the time is over is
 * probed once more: nobody may have looked before, and then it has not failed either.
 *
 * @param checks those of the opening attempt that still exist, at least one
 * @param until milliseconds since 1970 by when they must have passed twice in a row
 * @returns null while there is time and something to wait for
 */
export function verificationOf(
  checks: readonly VerifiedCheck[],
  { now, until }: { readonly now: number; readonly until: number },
): Exclude<Verification, 'none'> | null {
  const healthyBefore = checks.filter(({ before }) => before === 'pass');
  const redBefore = checks.filter(({ before }) => before !== 'pass');
  const isOver = now >= until;
  if (!healthyBefore.every(hasReturned)) {
    return isOver && healthyBefore.some(({ passes }) => passes === 0) ? 'regressed' : null;
  }
  if (!isOver && redBefore.some(({ after }) => after === null)) return null;
  return redBefore.every(({ after }) => after?.verdict === 'pass') ? 'verified' : 'pre_existing';
}

const hasReturned = ({ passes }: VerifiedCheck): boolean => passes >= passesNeeded;
