import { TextInput } from '@mantine/core';
import type { Form } from '../../lib/use-form.js';
import type { CheckValues } from './check-values.js';

export function ServiceFields({ form }: { form: Form<CheckValues> }) {
  return (
    <TextInput
      label="Service"
      placeholder="nginx"
      description="The unit as systemd names it, such as nginx or php8.2-fpm.service. The agent on the host says whether it is healthy."
      spellCheck={false}
      autoCapitalize="none"
      required
      {...form.text('service_name')}
    />
  );
}
