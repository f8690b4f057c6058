import { TextInput } from '@mantine/core';
import { userEndpoints } from '@patchgate/contracts';
import type { UserView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { usePrincipal } from '../../lib/principal.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Note } from '../../ui/note.js';
import { RoleField } from './role-field.js';
import { useUpdateUser } from './users.mutations.js';

export function EditUserDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const update = useUpdateUser(user.id);
  const isSelf = usePrincipal().id === user.id;
  const form = useForm({
    initial: { display_name: user.display_name, role: user.role },
    schema: userEndpoints.update.body,
    toBody: ({ display_name: displayName, role }) => ({
      display_name: displayName,
      ...(role !== user.role && { role }),
    }),
    fieldOfCode: { last_admin: 'role' },
    send: async (body) => {
      const changed = await update.mutateAsync(body);
      announce(`${changed.username} saved.`);
      onClose();
    },
  });
  return (
    <FormDialog title={`Edit ${user.username}`} form={form} submit="Save" onClose={onClose}>
      <TextInput label="Name" data-autofocus required {...form.text('display_name')} />
      <RoleField
        value={form.values.role}
        onChange={(role) => form.set('role', role)}
        error={form.errors.fields.role}
        locked={isSelf ? 'Another administrator can change your role.' : undefined}
      />
      {form.values.role !== user.role && (
        <Note tone="wait">A new role signs {user.username} out everywhere.</Note>
      )}
    </FormDialog>
  );
}
