import type { GateAttemptView } from '@patchgate/contracts';

type AttemptCheck = GateAttemptView['checks'][number];

/** One check over all attempts. */
export interface CheckRow {
  id: string;
  name: string;
  /** Of each attempt that asked it, the earliest first. */
  verdicts: AttemptCheck['verdict'][];
  last: AttemptCheck;
  /** Whether the latest attempt that asked anything asked it too. */
  isAsked: boolean;
}

/** A row a check, in the order of the latest attempt; those it no longer asked after them. Names are the latest. */
export function checkRows(attempts: readonly GateAttemptView[]): CheckRow[] {
  const rows = new Map<string, CheckRow>();
  const latestFirst = attempts.toSorted((one, other) => other.attempt - one.attempt);
  const latest = latestFirst.find(({ checks }) => checks.length > 0);
  for (const attempt of latestFirst) {
    for (const check of attempt.checks) {
      const row = rows.get(check.check_id);
      if (row === undefined) {
        rows.set(check.check_id, {
          ...{ id: check.check_id, name: check.name, verdicts: [check.verdict], last: check },
          isAsked: attempt === latest,
        });
      } else row.verdicts.unshift(check.verdict);
    }
  }
  return [...rows.values()];
}
