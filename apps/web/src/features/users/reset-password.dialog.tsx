import { PasswordInput } from '@mantine/core';
import { userEndpoints } from '@patchgate/contracts';
import type { UserView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Note } from '../../ui/note.js';
import { passwordHint } from '../../ui/password-hint.js';
import { useResetPassword } from './users.mutations.js';

export function ResetPasswordDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const reset = useResetPassword(user.id);
  const form = useForm({
    initial: { password: '' },
    schema: userEndpoints.resetPassword.body,
    send: async (body) => {
      await reset.mutateAsync(body);
      announce(`${user.username} has a new password.`);
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Reset the password of ${user.username}`}
      form={form}
      submit="Set password"
      onClose={onClose}
    >
      <PasswordInput
        label="New password"
        description={passwordHint}
        autoComplete="new-password"
        data-autofocus
        required
        {...form.text('password')}
      />
      <Note tone="wait">{user.username} is signed out everywhere. Tell them the new password in person.</Note>
    </FormDialog>
  );
}
