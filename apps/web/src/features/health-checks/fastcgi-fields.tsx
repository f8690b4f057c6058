import type { Form } from '../../lib/use-form.js';
import type { CheckValues } from './check-values.js';
import { TargetFields } from './target-fields.js';
import { VerbatimField } from './verbatim-field.js';

export function FastcgiFields({ form }: { form: Form<CheckValues> }) {
  return (
    <>
      <TargetFields form={form} />
      <VerbatimField
        form={form}
        name="script_path"
        label="Path"
        placeholder="/fpm-ping"
        description="What “ping.path” of the pool says."
      />
      <VerbatimField
        form={form}
        name="expected_body"
        label="Expected answer"
        placeholder="pong"
        description="What “ping.response” of the pool says; space around it does not count."
      />
    </>
  );
}
