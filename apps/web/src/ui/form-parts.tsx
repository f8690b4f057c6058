import { Button } from '@mantine/core';
import type { Form } from '../lib/use-form.js';
import { Note } from './note.js';

/** What the server refused about the form as a whole. What was typed stays. */
export function FormRefusal<Values extends object>({ form }: { form: Form<Values> }) {
  if (form.errors.form === null) return null;
  return (
    <Note tone="bad" live>
      {form.errors.form}
      {form.errors.requestId !== null && <div>Request {form.errors.requestId}</div>}
    </Note>
  );
}

interface SubmitButtonProps<Values extends object> {
  form: Form<Values>;
  fullWidth?: boolean;
  children: string;
}

export function SubmitButton<Values extends object>({
  form,
  fullWidth,
  children,
}: SubmitButtonProps<Values>) {
  return (
    // Not disabled while sending: that would throw the focus out of the form.
    <Button type="submit" aria-disabled={form.isSending} fullWidth={fullWidth ?? false}>
      {form.isSending ? 'Sending…' : children}
    </Button>
  );
}
