import type { CurrentWindowView, HostWindowsView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/counts.js';
import { formatHours, viewerZone } from '../../lib/times.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { WindowStateOf, WindowTag } from '../../ui/window-state.js';
import { ScopeLink } from './window-columns.js';
import { recurrenceWords, timeWords } from './window-words.js';
import classes from './windows.module.css';
import { hostWindowsQuery } from './windows.queries.js';

const intervalsShown = 5;

/** When one host may be patched, by all rules that count for it. */
export function HostWindows({ hostId }: { hostId: string }) {
  const query = useQuery(hostWindowsQuery(hostId));
  return (
    <Card title="Windows" {...(query.data && { note: query.data.windows.length + query.data.hidden })}>
      <QueryView
        query={query}
        what="the windows of this host"
        skeleton={<SkeletonRows rows={3} waitsFor="the windows of this host" />}
      >
        {(windows) => <WindowsOf windows={windows} />}
      </QueryView>
    </Card>
  );
}

function WindowsOf({ windows }: { windows: HostWindowsView }) {
  const { current, blackout, next, intervals, hidden } = windows;
  const isEmpty = windows.windows.length === 0 && hidden === 0;
  return (
    <>
      <div className={classes.block}>
        <NowLine current={current} blackout={blackout} isEmpty={isEmpty} />
        {next !== null && (
          <span className={classes.quiet}>
            Next opens <RelativeTime at={next.opens_at} />
          </span>
        )}
        {next === null && !isEmpty && current === null && (
          <span className={classes.quiet}>None is coming.</span>
        )}
      </div>
      {!isEmpty && (
        <ul className={classes.rules}>
          {windows.windows.map((window) => (
            <li key={window.id}>
              <span>
                {window.name} {window.kind === 'blackout' && <WindowTag>blackout</WindowTag>}
              </span>
              <small>
                {recurrenceWords(window.recurrence, window.starts_at)}, {timeWords(window)},{' '}
                {window.time_zone}
              </small>
              <small>
                <WindowStateOf window={window} />
                {window.group_id !== null && (
                  <>
                    , by <ScopeLink window={window} />
                  </>
                )}
              </small>
            </li>
          ))}
          {hidden > 0 && (
            <li>
              <small>and {countOf(hidden, 'more rule')} of groups you are not in</small>
            </li>
          )}
        </ul>
      )}
      {intervals.length > 0 && <Intervals intervals={intervals} />}
    </>
  );
}

function Intervals({ intervals }: Pick<HostWindowsView, 'intervals'>) {
  const zone = viewerZone();
  return (
    <div className={classes.block}>
      <h3>Really open, in your time</h3>
      <ul className={classes.times}>
        {intervals.slice(0, intervalsShown).map(({ opens_at, closes_at }) => (
          <li key={opens_at}>{formatHours(Date.parse(opens_at), Date.parse(closes_at), zone)}</li>
        ))}
      </ul>
    </div>
  );
}

interface NowLineProps extends Pick<HostWindowsView, 'current' | 'blackout'> {
  isEmpty: boolean;
}

function NowLine({ current, blackout, isEmpty }: NowLineProps) {
  if (isEmpty) {
    return (
      <>
        <StateBadge state="warning" word="In no window" />
        <span className={classes.quiet}>Only a job for now can patch it.</span>
      </>
    );
  }
  if (current === null && blackout !== null) {
    return (
      <span>
        <WindowTag look="blackout">Blackout</WindowTag>{' '}
        {blackout.until === null ? 'without an end: it cannot be read' : <Until at={blackout.until} />}
      </span>
    );
  }
  if (current === null) return <span>Closed now</span>;
  return <CurrentLine current={current} />;
}

const Until = ({ at }: { at: string }) => (
  <>
    ends <RelativeTime at={at} />
  </>
);

function CurrentLine({ current }: { current: CurrentWindowView }) {
  switch (current.kind) {
    case 'open':
      return (
        <span>
          <WindowTag look="open">Open</WindowTag> closes <RelativeTime at={current.closes_at} />
          {current.starts_until !== current.closes_at && (
            <>
              , last start <RelativeTime at={current.starts_until} />
            </>
          )}
        </span>
      );
    case 'blackout':
      return (
        <span>
          <WindowTag look="blackout">Held by a blackout</WindowTag> <Until at={current.until} />
        </span>
      );
    case 'no_more_starts':
      return (
        <span>
          <WindowTag>Open, nothing starts any more</WindowTag> closes <RelativeTime at={current.closes_at} />
        </span>
      );
  }
}
