import { Button, Input, PasswordInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Form } from '../../lib/use-form.js';
import classes from './check-form.module.css';
import type { CheckValues } from './check-values.js';

interface PasswordFieldProps {
  form: Form<CheckValues>;
  hasStored: boolean;
}

/** A stored password is never shown and never in the page: only that there is one, and what becomes of it. */
export function PasswordField({ form, hasStored }: PasswordFieldProps) {
  const choose = (password: CheckValues['password']) => () => {
    form.set('basic_auth_pass', '');
    form.set('password', password);
  };
  const keep = (
    <Button size="xs" variant="quiet" onClick={choose('keep')}>
      Keep the stored one
    </Button>
  );
  switch (form.values.password) {
    case 'keep':
      return (
        <StoredPassword says="Set" error={form.errors.fields.basic_auth_pass}>
          <Button size="xs" variant="default" aria-label="Change the password" onClick={choose('replace')}>
            Change
          </Button>
          <Button size="xs" variant="default" aria-label="Clear the password" onClick={choose('clear')}>
            Clear
          </Button>
        </StoredPassword>
      );
    case 'clear':
      return (
        <StoredPassword says="Cleared when saved" error={undefined}>
          {keep}
        </StoredPassword>
      );
    case 'replace':
      return (
        <div>
          <NewPassword form={form} takesFocus={hasStored} />
          {hasStored && keep}
        </div>
      );
  }
}

interface StoredPasswordProps {
  says: string;
  /** Such as that it cannot be opened. */
  error: string | undefined;
  children: ReactNode;
}

function StoredPassword({ says, error, children }: StoredPasswordProps) {
  return (
    <div role="group" aria-label="Password">
      <div className={classes.label}>Password, optional</div>
      <div className={classes.stored}>
        <span>{says}</span>
        {children}
      </div>
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
    </div>
  );
}

function NewPassword({ form, takesFocus }: { form: Form<CheckValues>; takesFocus: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  return (
    <PasswordInput
      ref={field}
      label={takesFocus ? 'New password' : 'Password, optional'}
      autoComplete="new-password"
      {...form.text('basic_auth_pass')}
    />
  );
}
