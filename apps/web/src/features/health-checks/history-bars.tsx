import { formatDay, formatHour, formatHours, viewerZone } from '../../lib/times.js';
import { Tip } from '../../ui/tip.js';
import classes from './history-bars.module.css';
import { historyHours } from './history-buckets.js';
import type { Bucket, BucketState } from './history-buckets.js';
import { bucketWords, historyWords, periodsOf } from './history-words.js';
import type { Period } from './history-words.js';

const shownPeriods = 6;
const step = 4;

// States differ in height and place too: short is healthy, tall is failing, split is both, low is unknown.
const strokes: Record<
  BucketState,
  readonly (readonly [part: 'ok' | 'bad' | 'no', top: number, height: number])[]
> = {
  healthy: [['ok', 9, 11]],
  unhealthy: [['bad', 2, 18]],
  mixed: [
    ['bad', 2, 8],
    ['ok', 11, 9],
  ],
  gap: [['no', 14, 6]],
  none: [['no', 18, 2]],
};

interface HistoryBarsProps {
  /** Whose history it is, for readers. */
  name: string;
  buckets: readonly Bucket[];
}

/** An hour a bar, four days in a row. It can be focused: what stands out is then listed with its times. */
export function HistoryBars({ name, buckets }: HistoryBarsProps) {
  const periods = periodsOf(buckets).filter(({ state }) => state !== 'healthy');
  const drawing = (
    <span className={classes.frame} role="img" tabIndex={0} aria-label={`${name}. ${historyWords(buckets)}`}>
      <svg className={classes.bars} viewBox={`0 0 ${historyHours * step} 22`} preserveAspectRatio="none">
        {(['ok', 'bad', 'no'] as const).map((part) => (
          <path key={part} data-part={part} d={pathOf(buckets, part)} />
        ))}
      </svg>
    </span>
  );
  return (
    <Tip
      label={
        periods.length === 0 ? (
          'Healthy in every hour of the last 4 days'
        ) : (
          <ul>
            {periods
              .slice(-shownPeriods)
              .toReversed()
              .map((period) => (
                <li key={period.fromMs}>
                  {spanOf(period, buckets.at(-1)?.toMs)}: {bucketWords[period.state]}
                </li>
              ))}
            {periods.length > shownPeriods && <li>and {periods.length - shownPeriods} more before</li>}
          </ul>
        )
      }
    >
      {drawing}
    </Tip>
  );
}

const spanOf = ({ fromMs, toMs }: Period, endMs: number | undefined): string =>
  toMs === endMs ? `since ${formatHour(fromMs, viewerZone())}` : formatHours(fromMs, toMs, viewerZone());

const pathOf = (buckets: readonly Bucket[], part: 'ok' | 'bad' | 'no'): string =>
  buckets
    .flatMap(({ state }, index) =>
      strokes[state]
        .filter(([of]) => of === part)
        .map(([, top, height]) => `M${index * step} ${top}h3v${height}h-3z`),
    )
    .join('');

/** What the bars mean, and which day is where. */
export function HistoryLegend({ buckets }: { buckets: readonly Bucket[] }) {
  const days = [0, 24, 48, 72].flatMap((index) => buckets[index] ?? []);
  return (
    <div className={classes.legend} aria-hidden="true">
      <span className={classes.keys}>
        {(['healthy', 'unhealthy', 'gap'] as const).map((state) => (
          <span key={state}>
            <svg width="3" height="18" viewBox="0 2 3 18">
              {strokes[state].map(([part, top, height]) => (
                <path key={part} data-part={part} d={`M0 ${top}h3v${height}h-3z`} />
              ))}
            </svg>
            {state === 'gap' ? 'no result' : bucketWords[state]}
          </span>
        ))}
      </span>
      <span className={classes.days}>
        {days.map(({ fromMs }) => (
          <span key={fromMs}>{formatDay(fromMs, viewerZone())}</span>
        ))}
        <span className={classes.now}>now</span>
      </span>
    </div>
  );
}
