import { instantOfLocal, localOfInstant } from '@patchgate/domain';
import { viewerZone } from '../../lib/times.js';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A day as a place has it: with a change of the clocks it is an hour longer or shorter. */
export interface BoardDay {
  /** `YYYY-MM-DD` */
  date: string;
  from: number;
  to: number;
  /** How much the clocks go on (positive) or back; 0 on nearly all days. */
  changeMinutes: number;
}

/** The zone asked for when it can be read, else the viewer's; some browsers do not know theirs. */
export function boardZone(asked: string | undefined): string {
  const known = [asked, viewerZone()].find((zone) => zone !== undefined && localOfInstant(zone, 0) !== null);
  return known ?? 'UTC';
}

export const dateIn = (zone: string, at: number): string => (localOfInstant(zone, at) ?? '').slice(0, 10);

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Weeks begin on Monday. */
export const mondayOf = (date: string): string =>
  addDays(date, -((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7));

export function dayOf(zone: string, date: string): BoardDay {
  const from = instantOfLocal(zone, `${date}T00:00`) ?? 0;
  const to = instantOfLocal(zone, `${addDays(date, 1)}T00:00`) ?? from + dayMs;
  return { date, from, to, changeMinutes: (dayMs - (to - from)) / minuteMs };
}

export const weekOf = (zone: string, date: string): BoardDay[] =>
  [0, 1, 2, 3, 4, 5, 6].map((day) => dayOf(zone, addDays(mondayOf(date), day)));

/** Every second hour of a day, by what its clocks show: after a gap that is not the hour asked for. */
export function hoursOf(zone: string, { date, from, to }: BoardDay): { at: number; label: string }[] {
  return Array.from({ length: 12 }, (_, nth) => {
    const at = instantOfLocal(zone, `${date}T${String(nth * 2).padStart(2, '0')}:00`) ?? from;
    return { at, label: (localOfInstant(zone, at) ?? '').slice(11) };
  }).filter(({ at }) => at < to);
}
