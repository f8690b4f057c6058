import { PasswordInput, TextInput } from '@mantine/core';
import { userEndpoints } from '@patchgate/contracts';
import type { Role } from '@patchgate/domain';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { passwordHint } from '../../ui/password-hint.js';
import { RoleField } from './role-field.js';
import { useCreateUser } from './users.mutations.js';

interface NewUser {
  username: string;
  display_name: string;
  role: Role;
  password: string;
}

const nobody: NewUser = { username: '', display_name: '', role: 'operator', password: '' };

export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateUser();
  const form = useForm({
    initial: nobody,
    schema: userEndpoints.create.body,
    fieldOfCode: { user_exists: 'username' },
    send: async (body) => {
      const user = await create.mutateAsync(body);
      announce(`${user.username} can sign in now.`);
      onClose();
    },
  });
  return (
    <FormDialog title="Create user" form={form} submit="Create user" onClose={onClose}>
      <TextInput
        label="Name"
        placeholder="Omar Haddad"
        data-autofocus
        required
        {...form.text('display_name')}
      />
      <TextInput
        label="User name"
        placeholder="omar"
        description="For signing in; it cannot be changed later."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        {...form.text('username')}
      />
      <RoleField
        value={form.values.role}
        onChange={(role) => form.set('role', role)}
        error={form.errors.fields.role}
      />
      <PasswordInput
        label="First password"
        description={passwordHint}
        autoComplete="new-password"
        required
        {...form.text('password')}
      />
    </FormDialog>
  );
}
