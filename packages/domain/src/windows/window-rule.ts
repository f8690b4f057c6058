export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Which days of a month, in the words of the API. A month that lacks the day is left out. */
export type MonthlyRecurrence =
  | { readonly freq: 'monthly'; readonly on: 'day'; readonly day: number }
  | { readonly freq: 'monthly'; readonly on: 'last_day' }
  | {
      readonly freq: 'monthly';
      readonly on: 'weekday';
      readonly nth: 1 | 2 | 3 | 4 | 'last';
      readonly weekday: Weekday;
    };

export type Recurrence =
  | { readonly freq: 'once' }
  | { readonly freq: 'daily' }
  | { readonly freq: 'weekly'; readonly days: readonly Weekday[] }
  | MonthlyRecurrence;

export type WindowKind = 'maintenance' | 'blackout';

/** A maintenance window or blackout as a person wrote it. What is worked out of a rule is kept by its identity: never change one. */
export interface WindowRule {
  readonly id: string;
  readonly kind: WindowKind;
  /** IANA name. */
  readonly timeZone: string;
  /** Local, `YYYY-MM-DDTHH:mm`: the time of day of each start, and the first day on which there can be one. */
  readonly startsAt: string;
  /** Elapsed time, also over a change of the clocks. */
  readonly durationMinutes: number;
  readonly recurrence: Recurrence;
  /** Nothing is started in the last so many minutes of each occurrence; 0 for a blackout. */
  readonly lastStartMinutes: number;
  readonly enabled: boolean;
}

/** Half open, `[opensAt, closesAt)`, in milliseconds since the epoch. */
export interface Interval {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** What the clocks did to a start: moved on to the first instant there is, or taken as the first of two. */
export type Shift = 'none' | 'gap' | 'overlap';

export interface Occurrence extends Interval {
  readonly shift: Shift;
  /** The start the rule asks for, `YYYY-MM-DDTHH:mm`; on a day with a gap this time may not exist. */
  readonly localStart: string;
}
