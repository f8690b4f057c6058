import { z } from 'zod';
import { id, instant, line } from './primitives.schema.js';

/** A year and a day is surely a slip; 366 days. */
const longestMinutes = 527_040;
const minutes = (least: number) => {
  const expected = `expected a whole number of minutes from ${least} to ${longestMinutes}`;
  return z.int(expected).min(least, expected).max(longestMinutes, expected);
};

const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const monthly = { freq: z.literal('monthly') };

/** `packages/domain` says which days each means. */
export const recurrence = z.discriminatedUnion(
  'freq',
  [
    z.strictObject({ freq: z.literal('once') }),
    z.strictObject({ freq: z.literal('daily') }),
    z.strictObject({ freq: z.literal('weekly'), days: z.array(weekday).min(1).max(7) }),
    z.discriminatedUnion(
      'on',
      [
        /** A month that lacks the day is left out. */
        z.strictObject({ ...monthly, on: z.literal('day'), day: z.int().min(1).max(31) }),
        z.strictObject({ ...monthly, on: z.literal('last_day') }),
        z.strictObject({
          ...monthly,
          on: z.literal('weekday'),
          nth: z.literal([1, 2, 3, 4, 'last']),
          weekday,
        }),
      ],
      'expected on: day, last_day or weekday',
    ),
  ],
  'expected freq: once, daily, weekly or monthly',
);

export type RecurrenceView = z.output<typeof recurrence>;

export const windowKind = z.enum(['maintenance', 'blackout']);

/** The text of a local time; whether there is such a day, and such a zone, the server says with the fields' names. */
const localTime = z
  .string()
  .regex(
    /^2[01]\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/,
    'expected a local date and time as YYYY-MM-DDTHH:mm, in the years 2000 to 2199',
  );

/** When a window is, without whose it is. */
export const schedule = z.strictObject({
  kind: windowKind.default('maintenance'),
  /** IANA name. */
  time_zone: line(64),
  /** Local: the time of day of each start, and the first day on which there can be one. */
  starts_at: localTime,
  /** Elapsed time. */
  duration_minutes: minutes(1),
  recurrence,
  /** So long before its end nothing is started any more; of a blackout 0. */
  last_start_minutes: minutes(0).default(0),
});
export type ScheduleInput = z.output<typeof schedule>;

export const windowInput = schedule
  .extend({
    name: line(100),
    host_id: id.optional(),
    group_id: id.optional(),
    enabled: z.boolean().default(true),
  })
  .refine(({ host_id, group_id }) => (host_id === undefined) !== (group_id === undefined), {
    path: ['group_id'],
    message: 'expected either host_id or group_id: a window belongs to one host or one group',
  });
export type WindowInput = z.output<typeof windowInput>;

/** A window stays with its host or group: who could read it before and after would not be the same. */
export const windowChange = schedule.extend({ name: line(100), enabled: z.boolean().optional() });
export type WindowChange = z.output<typeof windowChange>;

export const interval = z.object({ opens_at: instant, closes_at: instant });

/** One time that a rule makes; `gap` and `overlap` are what a change of the clocks did to its start. */
export const occurrence = interval
  .extend({
    shift: z.enum(['none', 'gap', 'overlap']),
    /** The start the rule asks for, in its zone; one in a gap does not exist there. */
    local_start: z.string(),
  })
  .meta({ id: 'WindowOccurrence' });
export type OccurrenceView = z.infer<typeof occurrence>;

export const maintenanceWindow = z
  .object({
    id,
    name: z.string(),
    host_id: id.nullable(),
    group_id: id.nullable(),
    /** The host's or the group's. */
    scope_name: z.string(),
    /** How many hosts it is about. */
    hosts: z.int().min(0),
    kind: windowKind,
    time_zone: z.string(),
    starts_at: z.string(),
    duration_minutes: z.int(),
    recurrence,
    last_start_minutes: z.int(),
    enabled: z.boolean(),
    /** Why it cannot be read: it never opens then, and a blackout holds for ever. */
    fault: z.string().nullable(),
    /** Of this rule alone, whatever others there are. */
    current: occurrence.nullable(),
    next: occurrence.nullable(),
    /** Only where a span was asked for: what lies in it. */
    occurrences: z.array(occurrence).optional(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'MaintenanceWindow' });
export type MaintenanceWindowView = z.infer<typeof maintenanceWindow>;

/** What happens in a window while it is open. */
export const windowActivity = z
  .object({
    window_id: id,
    /** The jobs that it was planned for and that have not ended, as far as the caller sees them; the oldest first. */
    jobs: z.array(z.object({ id, number: z.int() })),
    /** The starts of the five minutes in which the gate was tried since it opened, two days back at most. */
    attempted_at: z.array(instant),
  })
  .meta({ id: 'WindowActivity' });
export type WindowActivityView = z.infer<typeof windowActivity>;

/** What all rules of a host say together of now. */
export const currentWindow = z
  .discriminatedUnion('kind', [
    interval.extend({ kind: z.literal('open'), starts_until: instant }),
    interval.extend({ kind: z.literal('blackout'), until: instant }),
    interval.extend({ kind: z.literal('no_more_starts'), starts_again_at: instant.nullable() }),
  ])
  .meta({ id: 'CurrentWindow' });
export type CurrentWindowView = z.infer<typeof currentWindow>;

export const hostWindows = z
  .object({
    /** The host's own and its groups', as far as the caller sees those. */
    windows: z.array(maintenanceWindow),
    /** How many more there are, of groups the caller does not see; what follows counts them in. */
    hidden: z.int().min(0),
    current: currentWindow.nullable(),
    /** Of a blackout in force, whether there is a window or not; null when it cannot be read and has no end. */
    blackout: z.object({ until: instant.nullable() }).nullable(),
    next: interval.nullable(),
    intervals: z.array(interval),
  })
  .meta({ id: 'HostWindows' });
export type HostWindowsView = z.infer<typeof hostWindows>;
