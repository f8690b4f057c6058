import { schedule, windowChange, windowInput } from '@patchgate/contracts';
import type { MaintenanceWindowView, RecurrenceView } from '@patchgate/contracts';
import { faultSentence, windowFaults } from '@patchgate/domain';
import type { WindowFault, WindowKind } from '@patchgate/domain';
import type { SchemaIssue } from '../../lib/form-errors.js';
import { minuteWords, parseMinutes } from './window-words.js';

/** What the dialog holds, named as the API names it, so that refusals find their field; lengths are text. */
export interface WindowValues {
  name: string;
  kind: WindowKind;
  scope: 'group' | 'host';
  group_id: string;
  host_id: string;
  time_zone: string;
  starts_at: string;
  duration_minutes: string;
  recurrence: RecurrenceView;
  last_start_minutes: string;
  enabled: boolean;
}

interface NewWindow {
  kind: WindowKind;
  timeZone: string;
  /** `YYYY-MM-DD` in that zone. */
  today: string;
  groupId: string | undefined;
}

export const newValues = ({ kind, timeZone, today, groupId }: NewWindow): WindowValues => ({
  name: '',
  kind,
  scope: 'group',
  group_id: groupId ?? '',
  host_id: '',
  time_zone: timeZone,
  starts_at: `${today}T${kind === 'blackout' ? '00:00' : '02:00'}`,
  duration_minutes: kind === 'blackout' ? '1 d' : '2 h',
  recurrence: kind === 'blackout' ? { freq: 'once' } : { freq: 'daily' },
  last_start_minutes: '0 min',
  enabled: true,
});

export const valuesOf = (window: MaintenanceWindowView): WindowValues => ({
  name: window.name,
  kind: window.kind,
  scope: window.host_id === null ? 'group' : 'host',
  group_id: window.group_id ?? '',
  host_id: window.host_id ?? '',
  time_zone: window.time_zone,
  starts_at: window.starts_at,
  duration_minutes: minuteWords(window.duration_minutes),
  recurrence: window.recurrence,
  last_start_minutes: minuteWords(window.last_start_minutes),
  enabled: window.enabled,
});

export const toSchedule = (values: WindowValues) => ({
  kind: values.kind,
  time_zone: values.time_zone,
  starts_at: values.starts_at,
  duration_minutes: parseMinutes(values.duration_minutes) ?? Number.NaN,
  recurrence: values.recurrence,
  last_start_minutes:
    values.kind === 'blackout' ? 0 : (parseMinutes(values.last_start_minutes) ?? Number.NaN),
});

export function toWindowBody(values: WindowValues): object {
  const { name, enabled, scope, group_id, host_id } = values;
  const whose = scope === 'group' ? { group_id } : { host_id };
  return { ...toSchedule(values), name, enabled, ...whose };
}

export const toChangeBody = (values: WindowValues): object => {
  const { name, enabled } = values;
  return { ...toSchedule(values), name, enabled };
};

interface Schema<Body> {
  safeParse: (
    input: unknown,
  ) => { success: true; data: Body } | { success: false; error: { issues: readonly SchemaIssue[] } };
}

type Schedule = ReturnType<typeof schedule.parse>;

const pathOf: Record<WindowFault['field'], string> = {
  timeZone: 'time_zone',
  startsAt: 'starts_at',
  durationMinutes: 'duration_minutes',
  lastStartMinutes: 'last_start_minutes',
  'recurrence.days': 'recurrence',
  'recurrence.day': 'recurrence',
};

const ownWords: Record<string, string> = {
  duration_minutes: 'Expected a length such as 90 min, 2 h or 1 d 12 h, up to 366 d',
  last_start_minutes: 'Expected a length such as 0 min or 30 min',
  group_id: 'Choose a group',
  host_id: 'Choose a host',
};

/** What a schema lets through and nobody could read all the same is refused here, before it leaves the page. */
const readable = <Body extends Schedule>(schema: Schema<Body>): Schema<Body> => ({
  safeParse: (input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => {
        const message = ownWords[String(issue.path[0])];
        return message === undefined ? issue : { path: issue.path, message };
      });
      return { success: false, error: { issues } };
    }
    const faults = faultsOf(parsed.data);
    const issues = faults.map((fault) => ({ path: [pathOf[fault.field]], message: faultSentence(fault) }));
    return issues.length === 0 ? parsed : { success: false, error: { issues } };
  },
});

const faultsOf = (body: Schedule): WindowFault[] =>
  windowFaults({
    kind: body.kind,
    timeZone: body.time_zone,
    startsAt: body.starts_at,
    durationMinutes: body.duration_minutes,
    recurrence: body.recurrence,
    lastStartMinutes: body.last_start_minutes,
  });

export const readableSchedule = readable(schedule);
export const readableWindow = readable(windowInput);
export const readableChange = readable(windowChange);
