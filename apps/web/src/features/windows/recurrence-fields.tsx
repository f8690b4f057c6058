import { NativeSelect, TextInput, VisuallyHidden } from '@mantine/core';
import type { RecurrenceView } from '@patchgate/contracts';
import { weekdays } from '@patchgate/domain';
import type { Weekday } from '@patchgate/domain';
import { useId } from 'react';
import classes from './window-form.module.css';
import { dayWords, nthWords } from './window-words.js';

interface RecurrenceFieldsProps {
  value: RecurrenceView;
  /** `YYYY-MM-DDTHH:mm`: what a weekly or monthly window suggests first. */
  startsAt: string;
  error: string | undefined;
  onChange: (value: RecurrenceView) => void;
}

const choices = [
  { value: 'once', label: 'Once' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'On days of the week' },
  { value: 'day', label: 'On a day of each month' },
  { value: 'last_day', label: 'On the last day of each month' },
  { value: 'weekday', label: 'On a weekday of each month' },
] as const;
type Choice = (typeof choices)[number]['value'];

const choiceOf = (value: RecurrenceView): Choice => (value.freq === 'monthly' ? value.on : value.freq);

export function RecurrenceFields({ value, startsAt, error, onChange }: RecurrenceFieldsProps) {
  const isWeekly = value.freq === 'weekly';
  return (
    <>
      <NativeSelect
        label="Repeats"
        value={choiceOf(value)}
        data={choices.map((choice) => ({ ...choice }))}
        error={isWeekly ? undefined : error}
        aria-invalid={!isWeekly && error !== undefined}
        onChange={({ currentTarget }) => {
          const chosen = choices.find((choice) => choice.value === currentTarget.value);
          if (chosen) onChange(suggestion(chosen.value, startsAt));
        }}
      />
      {isWeekly && (
        <DaysField days={value.days} error={error} onChange={(days) => onChange({ ...value, days })} />
      )}
      {value.freq === 'monthly' && <MonthlyFields value={value} error={error} onChange={onChange} />}
    </>
  );
}

function suggestion(choice: Choice, startsAt: string): RecurrenceView {
  const date = new Date(`${startsAt.slice(0, 10)}T00:00Z`);
  const day = Number.isNaN(date.getTime()) ? 1 : date.getUTCDate();
  const weekday = weekdays[(date.getUTCDay() + 6) % 7] ?? 'sun';
  switch (choice) {
    case 'once':
    case 'daily':
      return { freq: choice };
    case 'weekly':
      return { freq: 'weekly', days: [weekday] };
    case 'day':
      return { freq: 'monthly', on: 'day', day };
    case 'last_day':
      return { freq: 'monthly', on: 'last_day' };
    case 'weekday':
      return { freq: 'monthly', on: 'weekday', nth: nthOf(day), weekday };
  }
}

const nthOf = (day: number): 1 | 2 | 3 | 4 | 'last' =>
  ([1, 2, 3, 4] as const)[Math.ceil(day / 7) - 1] ?? 'last';

interface DaysFieldProps {
  days: Weekday[];
  error: string | undefined;
  onChange: (days: Weekday[]) => void;
}

function DaysField({ days, error, onChange }: DaysFieldProps) {
  const errorId = useId();
  return (
    <fieldset className={classes.days} data-invalid={error !== undefined || undefined}>
      <legend className={classes.label}>Days</legend>
      <div>
        {weekdays.map((day) => (
          <label key={day} className={classes.day}>
            <input
              type="checkbox"
              checked={days.includes(day)}
              aria-invalid={error !== undefined}
              aria-describedby={error === undefined ? undefined : errorId}
              onChange={({ currentTarget }) =>
                onChange(
                  weekdays.filter((each) => (each === day ? currentTarget.checked : days.includes(each))),
                )
              }
            />
            <span aria-hidden="true">{dayWords[day].slice(0, 2)}</span>
            <VisuallyHidden>{dayWords[day]}</VisuallyHidden>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <span id={errorId} className={classes.error}>
          {error}
        </span>
      )}
    </fieldset>
  );
}

interface MonthlyFieldsProps {
  value: Extract<RecurrenceView, { freq: 'monthly' }>;
  error: string | undefined;
  onChange: (value: RecurrenceView) => void;
}

function MonthlyFields({ value, error, onChange }: MonthlyFieldsProps) {
  switch (value.on) {
    case 'last_day':
      return null;
    case 'day':
      return (
        <TextInput
          label="Day of the month"
          type="number"
          min={1}
          max={31}
          value={Number.isNaN(value.day) ? '' : String(value.day)}
          error={error}
          aria-invalid={error !== undefined}
          onChange={({ currentTarget }) => onChange({ ...value, day: currentTarget.valueAsNumber })}
        />
      );
    case 'weekday':
      return (
        <div className={classes.pair}>
          <NativeSelect
            label="Which"
            value={String(value.nth)}
            data={Object.entries(nthWords).map(([nth, label]) => ({ value: nth, label }))}
            onChange={({ currentTarget }) => {
              const nth = ([1, 2, 3, 4, 'last'] as const).find(
                (each) => String(each) === currentTarget.value,
              );
              if (nth !== undefined) onChange({ ...value, nth });
            }}
          />
          <NativeSelect
            label="Weekday"
            value={value.weekday}
            data={weekdays.map((day) => ({ value: day, label: dayWords[day] }))}
            onChange={({ currentTarget }) => {
              const weekday = weekdays.find((day) => day === currentTarget.value);
              if (weekday) onChange({ ...value, weekday });
            }}
          />
        </div>
      );
  }
}
