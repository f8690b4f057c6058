import type { PreviewHostView } from '@patchgate/contracts';
import { countOf } from '../../lib/counts.js';
import { momentInShort, spanInShort } from '../../lib/moments.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { windowBoard, zoneOffsetMs } from './window-bars.js';
import type { WindowBar } from './window-bars.js';
import classes from './window-bars.module.css';

const minute = 60_000;
const day = 86_400_000;
const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

/** The windows on one time axis, in the zone of the viewer. */
export function WindowBars({ items }: { items: readonly PreviewHostView[] }) {
  const now = Math.floor(useNow() / minute) * minute;
  const zone = viewerZone();
  const offset = zoneOffsetMs(now, zone);
  const board = windowBoard(items, now, offset);
  if (board === null) return <p className={classes.none}>No window is known for any of these hosts.</p>;
  const division = board.marks[1]?.at ?? 1;
  return (
    <div className={classes.board}>
      <div className={classes.axis} aria-hidden="true">
        {board.marks.map(({ atMs, at }, index) => (
          <span key={atMs} style={{ left: percent(at) }} data-odd={index % 2 === 1 || undefined}>
            {markOf(atMs, index, offset, zone, now)}
          </span>
        ))}
      </div>
      <ul>
        {board.bars.map((bar) => (
          <Bar
            key={`${bar.opensAtMs} ${bar.closesAtMs}`}
            bar={bar}
            now={now}
            zone={zone}
            division={division}
          />
        ))}
      </ul>
      {board.more.windows > 0 && (
        <p className={classes.none}>
          And {countOf(board.more.windows, 'later window')} of {countOf(board.more.hosts, 'host')}.
        </p>
      )}
    </div>
  );
}

// The day is said where one begins, and at the first mark of all.
function markOf(atMs: number, index: number, offset: number, zone: string, now: number): string {
  const isMidnight = (atMs + offset) % day === 0;
  const short = momentInShort(atMs, now, zone);
  if (isMidnight) return short.replace(/ 00:00$/, '');
  return index === 0 ? short : short.slice(-5);
}

interface BarProps {
  bar: WindowBar;
  now: number;
  zone: string;
  division: number;
}

function Bar({ bar, now, zone, division }: BarProps) {
  const [start, end] = spanInShort(bar.opensAtMs, bar.closesAtMs, now, zone).split(' to ');
  const isRight = bar.from + bar.width > 0.6;
  return (
    <li className={classes.row}>
      <span className={classes.label}>{countOf(bar.hosts, 'host')}</span>
      <span className={classes.track} style={{ backgroundSize: `${percent(division)} 100%` }}>
        <span className={classes.bar} style={{ left: percent(bar.from), width: percent(bar.width) }} />
        <span
          className={classes.span}
          style={
            isRight
              ? { right: `calc(${percent(1 - bar.from)} + 8px)` }
              : { left: `calc(${percent(bar.from + bar.width)} + 8px)` }
          }
        >
          {bar.opensAtMs <= now ? 'open now' : start}
          <span className={classes.end}> to {end}</span>
        </span>
      </span>
    </li>
  );
}
