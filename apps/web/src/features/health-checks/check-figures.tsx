import type { HealthCheckView } from '@patchgate/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatLatency } from '../../lib/times.js';
import classes from './check-row.module.css';
import { HistoryBars } from './history-bars.js';
import { bucketsOf } from './history-buckets.js';
import type { History } from './health-checks.queries.js';
import { healthyShare, withLatest } from './history-words.js';
import { usePollingRules } from './polling-rules.js';

interface CheckFiguresProps {
  check: HealthCheckView;
  history: UseQueryResult<History>;
}

/** Four days as bars, how much of them was healthy, and how long the latest answer took. */
export function CheckFigures({ check, history }: CheckFiguresProps) {
  const { data, isError } = history;
  const { last_result: latest, created_at: createdAt } = check;
  const rules = usePollingRules();
  const buckets = useMemo(() => {
    if (data === undefined) return null;
    const asOfMs = latest === null ? data.asOfMs : Math.max(data.asOfMs, Date.parse(latest.checked_at));
    return bucketsOf(withLatest(data.results, latest), {
      createdAtMs: Date.parse(createdAt),
      asOfMs,
      rules,
    });
  }, [data, latest, createdAt, rules]);
  const share = buckets === null ? null : healthyShare(buckets);
  return (
    <>
      <div className={classes.bars}>
        {buckets === null ? (
          <span className={classes.noBars} aria-busy={!isError}>
            {isError && 'The history did not load.'}
          </span>
        ) : (
          <HistoryBars name={check.name} buckets={buckets} />
        )}
      </div>
      <div className={classes.share}>
        {share !== null && (
          <>
            <span className={classes.number}>{share}</span> <span className={classes.unit}>healthy</span>
          </>
        )}
      </div>
      <div className={classes.latency}>
        {latest !== null && <span className={classes.number}>{formatLatency(latest.latency_ms)}</span>}
      </div>
    </>
  );
}
