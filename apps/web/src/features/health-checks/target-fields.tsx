import { TextInput } from '@mantine/core';
import type { Form } from '../../lib/use-form.js';
import classes from './check-form.module.css';
import type { CheckValues } from './check-values.js';
import { VerbatimField } from './verbatim-field.js';

/** Where the question goes: a name or an address, and a port. */
export function TargetFields({ form }: { form: Form<CheckValues> }) {
  return (
    <div className={classes.target}>
      <VerbatimField form={form} name="target_host" label="Host or address" placeholder="10.20.4.17" />
      <TextInput label="Port" inputMode="numeric" required {...form.text('target_port')} />
    </div>
  );
}
