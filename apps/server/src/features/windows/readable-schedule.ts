import type { RecurrenceView, ScheduleInput } from '@patchgate/contracts';
import { faultSentence, weekdays, windowFaults } from '@patchgate/domain';
import type { WindowFault } from '@patchgate/domain';
import { AppError } from '../../platform/app-error.js';

const paths: Record<WindowFault['field'], string> = {
  timeZone: 'time_zone',
  startsAt: 'starts_at',
  durationMinutes: 'duration_minutes',
  lastStartMinutes: 'last_start_minutes',
  'recurrence.days': 'recurrence.days',
  'recurrence.day': 'recurrence.day',
};

/**
 * A schedule as it is stored: one that can be read, its days in their order and each once.
 *
 * @throws AppError `invalid_request` with an issue for each field that cannot be read
 */
export function readableSchedule(input: ScheduleInput): ScheduleInput {
  const faults = windowFaults({
    kind: input.kind,
    timeZone: input.time_zone,
    startsAt: input.starts_at,
    durationMinutes: input.duration_minutes,
    recurrence: input.recurrence,
    lastStartMinutes: input.last_start_minutes,
  });
  if (faults.length > 0) {
    const issues = faults.map((fault) => ({ path: paths[fault.field], message: faultSentence(fault) }));
    const message = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
    throw new AppError('invalid_request', message, { issues });
  }
  return { ...input, recurrence: inOrder(input.recurrence) };
}

function inOrder(recurrence: RecurrenceView): RecurrenceView {
  if (recurrence.freq !== 'weekly') return recurrence;
  return { ...recurrence, days: weekdays.filter((day) => recurrence.days.includes(day)) };
}
