import { ActionIcon, Button } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { formatDuration } from '../../lib/times.js';
import { scopeWords } from '../../lib/window-state.js';
import { Icon } from '../../ui/icon.js';
import { ZoneSelect } from '../../ui/zone-select.js';
import { isCovered, rowsOfSpan } from './board-bars.js';
import type { Bar } from './board-bars.js';
import { addDays, dateIn, dayOf, hoursOf, weekOf } from './board-days.js';
import type { BoardDay } from './board-days.js';
import { Board } from './board.js';
import classes from './board.module.css';
import { clockIn, longDate, spanWords, weekdayDate, zoneWord } from './span-words.js';
import { windowActivityQuery } from './windows.queries.js';

interface WindowBoardsProps {
  windows: readonly MaintenanceWindowView[];
  date: string;
  zone: string;
  nowMs: number;
  onDay: (date: string | undefined) => void;
  onZone: (zone: string) => void;
  /** Only for those who may change one. */
  onOpen: ((window: MaintenanceWindowView) => void) | null;
}

/** One day by the hour, and its week below in the same look. */
export function WindowBoards(props: WindowBoardsProps) {
  return (
    <div>
      <DayBoard {...props} />
      <WeekBoard {...props} />
    </div>
  );
}

function DayBoard({ windows, date, zone, nowMs, onDay, onZone, onOpen }: WindowBoardsProps) {
  const day = dayOf(zone, date);
  const today = dateIn(zone, nowMs);
  const activity = useQuery(windowActivityQuery);
  const rows = rowsOfSpan(windows, day, nowMs, activity.data);
  const hours = hoursOf(zone, day);
  return (
    <section className={classes.card} aria-label="Day">
      <header className={classes.head}>
        <ActionIcon variant="default" aria-label="Previous day" onClick={() => onDay(addDays(date, -1))}>
          <Icon name="left" size={14} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label="Next day" onClick={() => onDay(addDays(date, 1))}>
          <Icon name="right" size={14} />
        </ActionIcon>
        <h2>{longDate(date, today)}</h2>
        {date !== today && (
          <Button variant="default" size="xs" onClick={() => onDay(undefined)}>
            Today
          </Button>
        )}
        <span className={classes.note}>{zoneWord(zone, day.from)}</span>
        <ZoneSelect
          ariaLabel="Time zone of the board"
          className={classes.zone}
          value={zone}
          onChange={onZone}
        />
      </header>
      {rows.length === 0 ? (
        <p className={classes.nothing}>No window and no blackout on this day.</p>
      ) : (
        <>
          <Board
            label="Windows of the day"
            span={day}
            zone={zone}
            nowMs={nowMs}
            rows={rows}
            ticks={hours.filter(({ at }) => !isCovered(at, nowMs, day))}
            lines={hours.map(({ at }) => at)}
            now={clockIn(nowMs, zone)}
            name={(window) => <RowName window={window} onOpen={onOpen} />}
            beside={(bar) => (
              <>
                {besideWords(bar, zone, nowMs)}
                <JobsOf bar={bar} />
              </>
            )}
          />
          {activity.isError && (
            <p className={classes.nothing}>
              The jobs in these windows and their attempts at the gate could not be read: the bars lack them.
            </p>
          )}
          <Legend />
        </>
      )}
    </section>
  );
}

function WeekBoard({ windows, date, zone, nowMs }: WindowBoardsProps) {
  const days = weekOf(zone, date);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = { from: first.from, to: last.to };
  const rows = rowsOfSpan(windows, span, nowMs);
  const today = dateIn(zone, nowMs);
  const change = days.find(({ changeMinutes }) => changeMinutes !== 0);
  return (
    <section className={classes.card} aria-label="Week">
      <header className={classes.head}>
        <h2>
          {weekdayDate(first.date)} to {weekdayDate(last.date)}
        </h2>
        {change && <span className={classes.note}>{changeSentence(change)}</span>}
      </header>
      {rows.length === 0 ? (
        <p className={classes.nothing}>No window and no blackout in this week.</p>
      ) : (
        <Board
          label="Windows of the week"
          span={span}
          zone={zone}
          nowMs={nowMs}
          rows={rows}
          ticks={days.map((day) => ({
            at: (day.from + day.to) / 2,
            label: <DayLabel day={day} />,
            isStrong: day.date === today,
          }))}
          lines={days.map(({ from }) => from)}
          now={null}
          isThin
          name={(window) => <span>{window.name}</span>}
        />
      )}
    </section>
  );
}

const DayLabel = ({ day }: { day: BoardDay }) => (
  <>
    {weekdayDate(day.date).replace(/ \w+$/, '')}
    {day.changeMinutes !== 0 && <span className={classes.change}>{changeWord(day.changeMinutes)}</span>}
  </>
);

const changeWord = (minutes: number): string => {
  const sign = minutes > 0 ? '+' : '−';
  return Math.abs(minutes) % 60 === 0
    ? `${sign}${Math.abs(minutes) / 60} h`
    : `${sign}${Math.abs(minutes)} min`;
};

const changeSentence = ({ date, changeMinutes }: BoardDay): string =>
  `clocks go ${changeMinutes > 0 ? 'forward' : 'back'} on ${weekdayDate(date)}`;

function besideWords(bar: Bar, zone: string, nowMs: number): string {
  switch (bar.look) {
    case 'open':
      return `closes ${clockIn(bar.closesAt, zone)}, in ${formatDuration(bar.closesAt - nowMs)}`;
    case 'holding':
      return `no patches until ${clockIn(bar.closesAt, zone)}`;
    case 'blackout':
      return `no patches, ${spanWords(bar, zone)}`;
    case 'off':
      return `${spanWords(bar, zone)}, disabled`;
    case 'past':
      return spanWords(bar, zone);
    case 'planned': {
      const isSoon = bar.opensAt - nowMs < 12 * 3_600_000;
      return `${spanWords(bar, zone)}${isSoon ? `, in ${formatDuration(bar.opensAt - nowMs)}` : ''}`;
    }
  }
}

/** More of them than fit beside a bar are found where all are. */
const mostJobs = 2;

function JobsOf({ bar: { jobs } }: { bar: Bar }) {
  return (
    <>
      {jobs.slice(0, mostJobs).map(({ id, number }) => (
        <Fragment key={id}>
          {', '}
          <Link to="/jobs/$jobId" params={{ jobId: id }} className={classes.job}>
            job {number}
          </Link>
        </Fragment>
      ))}
      {jobs.length > mostJobs && (
        <>
          {', '}
          <Link to="/jobs" search={{ show: 'live' }} className={classes.job}>
            {jobs.length - mostJobs} more
          </Link>
        </>
      )}
    </>
  );
}

function RowName({ window, onOpen }: Pick<WindowBoardsProps, 'onOpen'> & { window: MaintenanceWindowView }) {
  return (
    <>
      {onOpen === null ? (
        <span className={classes.name}>{window.name}</span>
      ) : (
        <button type="button" className={classes.name} onClick={() => onOpen(window)}>
          {window.name}
        </button>
      )}
      <span className={classes.small}>{scopeWords(window)}</span>
    </>
  );
}

const Legend = () => (
  <p className={classes.legend}>
    <span>
      <i className={classes.bar} data-look="open" /> open, up to its closing line; ticks are attempts at the
      gate
    </span>
    <span>
      <i className={classes.bar} /> planned
    </span>
    <span>
      <i className={classes.bar} data-look="past" /> over
    </span>
    <span>
      <i className={classes.bar} data-look="blackout" /> blackout
    </span>
  </p>
);
