import { useDebouncedValue } from '@mantine/hooks';
import type { OccurrenceView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { dateIn } from './board-days.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { reasonOf } from '../../ui/error-state.js';
import { Icon } from '../../ui/icon.js';
import { Note } from '../../ui/note.js';
import { cityOf, clockIn, weekdayDate, zoneWord } from './span-words.js';
import classes from './window-form.module.css';
import { readableSchedule, toSchedule } from './window-values.js';
import type { WindowValues } from './window-values.js';
import { minuteWords } from './window-words.js';
import { previewQuery } from './windows.queries.js';

const settleMs = 200;

/** The next ten times of what is in the form, as the server will count them. */
export function PreviewPane({ values }: { values: WindowValues }) {
  const [settled] = useDebouncedValue(values, settleMs);
  const parsed = readableSchedule.safeParse(toSchedule(settled));
  const query = useQuery(previewQuery(parsed.success ? parsed.data : null));
  return (
    <section className={classes.pane} aria-label="Next ten times">
      <div className={classes.paneHead}>
        <h3>Next ten times</h3>
        <span className={classes.quiet}>start of each</span>
      </div>
      {!parsed.success && <p className={classes.quiet}>They show here once the fields can be read.</p>}
      {parsed.success && query.isError && <Note tone="bad">{reasonOf(query.error)}</Note>}
      {parsed.success && query.data !== undefined && (
        <Times
          times={query.data.occurrences}
          skipped={query.data.skipped_months}
          zone={parsed.data.time_zone}
          minutes={parsed.data.duration_minutes}
        />
      )}
    </section>
  );
}

interface TimesProps {
  times: readonly OccurrenceView[];
  skipped: readonly string[];
  zone: string;
  minutes: number;
}

function Times({ times, skipped, zone, minutes }: TimesProps) {
  const nowMs = useNow();
  const own = viewerZone();
  if (times.length === 0) {
    return <Note tone="wait">It is over: there is no time left at which it would open.</Note>;
  }
  const zones = [...new Set([zone, own, 'UTC'])];
  const headOf = (each: string) => (each === own && each !== zone ? `You, ${cityOf(each)}` : cityOf(each));
  return (
    <>
      <div className={classes.scroll} role="region" aria-label="Table of the next ten times" tabIndex={0}>
        <table className={classes.times}>
          <thead>
            <tr>
              <th scope="col">Date</th>
              {zones.map((each) => (
                <th key={each} scope="col">
                  {headOf(each)}
                </th>
              ))}
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {times.map((time) => (
              <TimeRow key={time.local_start} time={time} zones={zones} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      </div>
      {times
        .filter(({ shift }) => shift !== 'none')
        .map((time) => (
          <Note key={time.local_start} tone="wait">
            {shiftSentence(time, zone, minutes)}
          </Note>
        ))}
      {skipped.length > 0 && <Note tone="plain">{skippedSentence(skipped)}</Note>}
    </>
  );
}

function TimeRow({ time, zones, nowMs }: { time: OccurrenceView; zones: string[]; nowMs: number }) {
  const at = Date.parse(time.opens_at);
  const isOpen = at <= nowMs && nowMs < Date.parse(time.closes_at);
  const [zone = 'UTC', ...others] = zones;
  const date = dateIn(zone, at);
  return (
    <tr data-shift={time.shift === 'none' ? undefined : time.shift}>
      <th scope="row">{weekdayDate(date)}</th>
      <td>{clockIn(at, zone)}</td>
      {others.map((each) => {
        const theirs = dateIn(each, at);
        return (
          <td key={each}>
            {clockIn(at, each)}
            {theirs !== date && <span className={classes.other}> {weekdayDate(theirs).slice(0, 3)}</span>}
          </td>
        );
      })}
      <td>
        {time.shift !== 'none' && (
          <span className={classes.shift}>
            <Icon name="clock" size={14} /> DST
          </span>
        )}
        {time.shift === 'none' && isOpen && 'open'}
      </td>
    </tr>
  );
}

function shiftSentence(time: OccurrenceView, zone: string, minutes: number): string {
  const at = Date.parse(time.opens_at);
  const asked = time.local_start.slice(11);
  const [day, city] = [weekdayDate(time.local_start), cityOf(zone)];
  const shown = `${clockIn(at, zone)} ${zoneWord(zone, at)}`;
  return time.shift === 'gap'
    ? `On ${day} ${asked} does not exist in ${city}. It opens at the first valid minute, ${shown}, and still lasts ${minuteWords(minutes)}.`
    : `On ${day} ${asked} comes twice in ${city}. It opens once, at the first, ${shown}, and still lasts ${minuteWords(minutes)}.`;
}

function skippedSentence(months: readonly string[]): string {
  const words = months.map((month) =>
    new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-01T00:00Z`),
    ),
  );
  return `Left out, because they have no such day: ${words.join(', ')}.`;
}
