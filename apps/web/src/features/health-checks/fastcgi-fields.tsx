import { TextInput } from '@mantine/core';
import type { Form } from '../../lib/use-form.js';
import type { CheckValues } from './check-values.js';
import { TargetFields } from './target-fields.js';

export function FastcgiFields({ form }: { form: Form<CheckValues> }) {
  return (
    <>
      <TargetFields form={form} />
      <TextInput
        label="Path"
        placeholder="/fpm-ping"
        description="What “ping.path” of the pool says."
        spellCheck={false}
        autoCapitalize="none"
        required
        {...form.text('script_path')}
      />
      <TextInput
        label="Expected answer"
        placeholder="pong"
        description="What “ping.response” of the pool says; space around it does not count."
        spellCheck={false}
        autoCapitalize="none"
        required
        {...form.text('expected_body')}
      />
    </>
  );
}
