import { TextInput } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import type { Form } from '../../lib/use-form.js';
import { CheckField } from '../../ui/check-field.js';
import { ZoneSelect } from '../../ui/zone-select.js';
import { RecurrenceFields } from './recurrence-fields.js';
import { ScopeField } from './scope-field.js';
import classes from './window-form.module.css';
import type { WindowValues } from './window-values.js';

interface WindowFieldsProps {
  form: Form<WindowValues>;
  window: MaintenanceWindowView | null;
}

export function WindowFields({ form, window }: WindowFieldsProps) {
  const { values, errors } = form;
  const isBlackout = values.kind === 'blackout';
  const [date = '', time = ''] = values.starts_at.split('T');
  const startError = errors.fields.starts_at;
  return (
    <>
      <TextInput
        label="Name"
        placeholder={isBlackout ? 'Quarter-end freeze' : 'prod-web nightly'}
        data-autofocus
        required
        maxLength={100}
        {...form.text('name')}
      />
      <ScopeField form={form} window={window} />
      <RecurrenceFields
        value={values.recurrence}
        startsAt={values.starts_at}
        error={errors.fields.recurrence}
        onChange={(recurrence) => form.set('recurrence', recurrence)}
      />
      <div className={classes.pair}>
        <TextInput
          label={values.recurrence.freq === 'once' ? 'Day' : 'First day it may open'}
          type="date"
          min="2000-01-01"
          max="2199-12-31"
          value={date}
          error={startError}
          aria-invalid={startError !== undefined}
          onChange={({ currentTarget }) => form.set('starts_at', `${currentTarget.value}T${time}`)}
        />
        <TextInput
          label="Starts"
          type="time"
          value={time}
          onChange={({ currentTarget }) =>
            form.set('starts_at', `${date}T${currentTarget.value.slice(0, 5)}`)
          }
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label={isBlackout ? 'Lasts' : 'Open for'}
          placeholder="2 h 30 min"
          {...form.text('duration_minutes')}
        />
        {!isBlackout && (
          <TextInput
            label="No new starts in the last"
            placeholder="30 min"
            {...form.text('last_start_minutes')}
          />
        )}
      </div>
      <ZoneSelect
        label="Time zone"
        value={values.time_zone}
        onChange={(zone) => form.set('time_zone', zone)}
        error={errors.fields.time_zone}
      />
      <CheckField
        label={isBlackout ? 'Enabled: nothing starts while it lasts' : 'Enabled: hosts may be patched in it'}
        checked={values.enabled}
        onChange={(isOn) => form.set('enabled', isOn)}
      />
    </>
  );
}
