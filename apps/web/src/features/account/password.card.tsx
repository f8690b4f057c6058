import { PasswordInput } from '@mantine/core';
import { sessionEndpoints } from '@patchgate/contracts';
import { useState } from 'react';
import { useForm } from '../../lib/use-form.js';
import { Card } from '../../ui/card.js';
import { FormRefusal, SubmitButton } from '../../ui/form-parts.js';
import { Note } from '../../ui/note.js';
import { passwordHint } from '../../ui/password-hint.js';
import { useChangePassword } from './account.mutations.js';
import classes from './account.module.css';

const empty = { current_password: '', new_password: '' };

export function PasswordCard() {
  const [isChanged, setIsChanged] = useState(false);
  const change = useChangePassword();
  const form = useForm({
    initial: empty,
    schema: sessionEndpoints.changePassword.body,
    send: async (body) => {
      setIsChanged(false);
      await change.mutateAsync(body);
      form.set('current_password', '');
      form.set('new_password', '');
      setIsChanged(true);
    },
  });
  return (
    <Card title="Password">
      <form className={classes.form} noValidate onSubmit={form.onSubmit}>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          {...form.text('current_password')}
        />
        <PasswordInput
          label="New password"
          description={passwordHint}
          autoComplete="new-password"
          required
          {...form.text('new_password')}
        />
        <FormRefusal form={form} />
        {isChanged && (
          <Note tone="ok" live>
            Your password is changed. All your other sessions were ended.
          </Note>
        )}
        <div className={classes.submit}>
          <SubmitButton form={form}>Change password</SubmitButton>
        </div>
      </form>
    </Card>
  );
}
