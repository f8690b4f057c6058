import { verificationOf, withVerdicts } from '@patchgate/domain';
import type { CheckVerdict, Verification } from '@patchgate/domain';
import { said } from './run-step.js';
import type { DispatchedRun, LogLine, StepResult } from './run-step.js';
import { found } from './step-answers.js';
import { judged, withJudged } from './stored-pair.js';
import type { StoredPair } from './stored-pair.js';

/**
 * One look at the checks of a host since its patch, against what they were in the attempt that opened the gate.
 *
 * @param pairs of that attempt, with what was found of them so far
 * @param verdicts of those that are still there
 */
export function verifyRun(
  run: DispatchedRun,
  pairs: readonly StoredPair[],
  verdicts: readonly CheckVerdict[],
  now: Date,
): StepResult {
  const present = new Set(verdicts.map(({ checkId }) => checkId));
  const marked = pairs.map((pair) => marking(pair, present.has(pair.check_id)));
  const checks = withVerdicts(judged(marked), verdicts);
  const until = run.run.verifyUntil ?? now.getTime();
  const verification = checks.length === 0 ? 'none' : verificationOf(checks, { now: now.getTime(), until });
  const verificationChecks = withJudged(marked, checks);
  const detail = detailOf(verification, verificationChecks) ?? run.run.detail;
  return found(
    { kind: 'verified', verification, detail },
    { facts: { verificationChecks }, lines: linesOf(pairs, verificationChecks, now) },
  );
}

/** Nothing is expected of a check that is gone; one that is switched on again begins anew. */
function marking(pair: StoredPair, isPresent: boolean): StoredPair {
  if (pair.is_gone !== isPresent) return pair;
  return { ...pair, is_gone: !isPresent, passes: 0, after: isPresent ? pair.after : null };
}

function detailOf(verification: Verification | null, pairs: readonly StoredPair[]): string | null {
  const left = pairs.filter(({ is_gone }) => !is_gone);
  switch (verification) {
    case null:
    case 'verified':
      return null;
    case 'regressed':
      return left.flatMap(missingOf).join('; ');
    case 'pre_existing':
      return left.flatMap((pair) => (pair.before.verdict === 'pass' ? [] : missingOf(pair))).join('; ');
    case 'none':
      return 'none of the checks that opened the gate is left: nothing was verified';
  }
}

/** What a check that has not come back lacks. */
function missingOf({ name, before, after, passes }: StoredPair): string[] {
  if (after?.verdict === 'pass') {
    return passes >= 2 || before.verdict !== 'pass' ? [] : [`${name}: has not passed twice in a row`];
  }
  return [`${name}: ${after?.detail ?? 'was not probed'}`];
}

function linesOf(before: readonly StoredPair[], after: readonly StoredPair[], now: Date): LogLine[] {
  return after.flatMap((pair, index) => {
    const old = before[index];
    if (pair.is_gone !== old?.is_gone) {
      const words = pair.is_gone ? 'is gone or switched off: nothing is expected of it any more' : 'is back';
      return [said(now, `check "${pair.name}" ${words}`)];
    }
    if (!pair.after || pair.after.verdict === old.after?.verdict) return [];
    const words = pair.after.verdict === 'pass' ? 'passes' : `does not pass: ${pair.after.detail}`;
    return [said(now, `check "${pair.name}" ${words}`)];
  });
}
