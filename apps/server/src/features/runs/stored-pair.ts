import type { GateAttemptView } from '@patchgate/contracts';
import type { CheckVerdict, VerifiedCheck } from '@patchgate/domain';

type StoredVerdict = GateAttemptView['checks'][number];

/** A check before the patch and since, as the column `verification_checks` holds it and people are shown it. */
export interface StoredPair {
  readonly check_id: string;
  readonly name: string;
  readonly before: StoredVerdict;
  readonly after: StoredVerdict | null;
  /** Passes in a row. */
  readonly passes: number;
  /** Deleted or switched off meanwhile: nothing is expected of it any more. */
  readonly is_gone: boolean;
}

export const pairOf = (before: StoredVerdict): StoredPair => ({
  ...{ check_id: before.check_id, name: before.name, before },
  ...{ after: null, passes: 0, is_gone: false },
});

/** The pairs of which something is expected, as they are judged. */
export const judged = (pairs: readonly StoredPair[]): VerifiedCheck[] =>
  pairs
    .filter(({ is_gone }) => !is_gone)
    .map(({ check_id, name, before, after, passes }) => ({
      ...{ checkId: check_id, name, before: before.verdict, passes },
      after: after && verdictOf(after),
    }));

/** The pairs with what was found of them. */
export function withJudged(pairs: readonly StoredPair[], checks: readonly VerifiedCheck[]): StoredPair[] {
  const found = new Map(checks.map((check) => [check.checkId, check]));
  return pairs.map((pair) => {
    const check = found.get(pair.check_id);
    return check ? { ...pair, passes: check.passes, after: check.after && storedOf(check.after) } : pair;
  });
}

function verdictOf({
  check_id,
  name,
  verdict,
  reason,
  detail,
  latency_ms,
  checked_at,
}: StoredVerdict): CheckVerdict {
  const at = { latencyMs: latency_ms, checkedAt: new Date(checked_at).getTime() };
  return { checkId: check_id, name, verdict, reason, detail, ...at };
}

function storedOf({
  checkId,
  name,
  verdict,
  reason,
  detail,
  latencyMs,
  checkedAt,
}: CheckVerdict): StoredVerdict {
  const at = { latency_ms: latencyMs, checked_at: new Date(checkedAt).toISOString() };
  return { check_id: checkId, name, verdict, reason, detail, ...at };
}
