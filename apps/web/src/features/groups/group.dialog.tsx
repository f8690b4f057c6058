import { TextInput } from '@mantine/core';
import { groupEndpoints } from '@patchgate/contracts';
import type { GroupView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import type { Form } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { useCreateGroup, useUpdateGroup } from './groups.mutations.js';

interface GroupValues {
  name: string;
  description: string;
}

export function CreateGroupDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateGroup();
  const form = useForm({
    initial: { name: '', description: '' },
    schema: groupEndpoints.create.body,
    fieldOfCode: { group_exists: 'name' },
    send: async (body) => {
      const group = await create.mutateAsync(body);
      announce(`Group ${group.name} created.`);
      onClose();
    },
  });
  return (
    <FormDialog title="Create group" form={form} submit="Create group" onClose={onClose}>
      <GroupFields form={form} />
    </FormDialog>
  );
}

export function EditGroupDialog({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const update = useUpdateGroup(group.id);
  const form = useForm({
    initial: { name: group.name, description: group.description },
    schema: groupEndpoints.update.body,
    fieldOfCode: { group_exists: 'name' },
    send: async (body) => {
      const changed = await update.mutateAsync(body);
      announce(`Group ${changed.name} saved.`);
      onClose();
    },
  });
  return (
    <FormDialog title={`Edit ${group.name}`} form={form} submit="Save" onClose={onClose}>
      <GroupFields form={form} />
    </FormDialog>
  );
}

function GroupFields({ form }: { form: Form<GroupValues> }) {
  return (
    <>
      <TextInput label="Name" placeholder="prod-web" data-autofocus required {...form.text('name')} />
      <TextInput
        label="Description, optional"
        placeholder="Public web servers"
        {...form.text('description')}
      />
    </>
  );
}
