import { hostEndpoints } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { GroupSelect } from '../../ui/group-select.js';
import { HostFields, toHostBody } from './host-fields.js';
import { useCreateHost } from './hosts.mutations.js';

interface AddHostDialogProps {
  /** The group whose hosts are being looked at, to start with. */
  groupId: string | undefined;
  onClose: () => void;
}

export function AddHostDialog({ groupId, onClose }: AddHostDialogProps) {
  const create = useCreateHost();
  const form = useForm({
    initial: { fqdn: '', address: '', agent_port: '12443', group: groupId ?? '' },
    schema: hostEndpoints.create.body,
    toBody: (values) => ({ ...toHostBody(values), group_ids: values.group === '' ? [] : [values.group] }),
    fieldOfCode: { host_exists: 'fqdn' },
    send: async (body) => {
      const host = await create.mutateAsync(body);
      announce(`${host.fqdn} added.`);
      onClose();
    },
  });
  return (
    <FormDialog title="Add host" form={form} submit="Add host" onClose={onClose}>
      <HostFields form={form} />
      <GroupSelect
        label="Group, optional"
        none="None: only administrators"
        value={form.values.group}
        onChange={(group) => form.set('group', group)}
        error={form.errors.fields.group_ids}
      />
    </FormDialog>
  );
}
