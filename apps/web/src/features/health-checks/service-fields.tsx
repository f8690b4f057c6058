import type { Form } from '../../lib/use-form.js';
import type { CheckValues } from './check-values.js';
import { VerbatimField } from './verbatim-field.js';

export function ServiceFields({ form }: { form: Form<CheckValues> }) {
  return (
    <VerbatimField
      form={form}
      name="service_name"
      label="Service"
      placeholder="nginx"
      description="The unit as systemd names it, such as nginx or php8.2-fpm.service. The agent on the host says whether it is healthy."
    />
  );
}
