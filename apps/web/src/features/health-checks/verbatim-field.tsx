import { TextInput } from '@mantine/core';
import type { TextInputProps } from '@mantine/core';
import type { Form } from '../../lib/use-form.js';
import type { CheckValues } from './check-values.js';

interface VerbatimFieldProps extends Pick<
  TextInputProps,
  'label' | 'placeholder' | 'description' | 'inputMode' | 'autoComplete' | 'required'
> {
  form: Form<CheckValues>;
  name: keyof CheckValues;
}

/** A field for what a machine compares letter by letter: nothing corrects it while it is typed. */
export function VerbatimField({ form, name, required = true, ...props }: VerbatimFieldProps) {
  return (
    <TextInput spellCheck={false} autoCapitalize="none" required={required} {...props} {...form.text(name)} />
  );
}
