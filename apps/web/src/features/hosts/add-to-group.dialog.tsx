import type { HostView } from '@patchgate/contracts';
import { id } from '@patchgate/contracts';
import { chosen } from '../../lib/chosen.js';
import { countOf } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { GroupSelect } from '../../ui/group-select.js';
import { useAddHostsToGroup } from './hosts.mutations.js';

interface AddToGroupDialogProps {
  hosts: readonly HostView[];
  onDone: () => void;
  onClose: () => void;
}

export function AddToGroupDialog({ hosts, onDone, onClose }: AddToGroupDialogProps) {
  const add = useAddHostsToGroup();
  const count = countOf(hosts.length, 'host');
  const form = useForm({
    initial: { groupId: '' },
    schema: chosen('groupId', id),
    send: async (groupId) => {
      await add.mutateAsync({ groupId, hostIds: hosts.map((host) => host.id) });
      announce(`${count} added to the group.`);
      onDone();
    },
  });
  return (
    <FormDialog title={`Add ${count} to a group`} form={form} submit="Add to group" onClose={onClose}>
      <GroupSelect
        label="Group"
        none="Choose a group"
        value={form.values.groupId}
        onChange={(groupId) => form.set('groupId', groupId)}
        error={form.errors.fields.groupId}
      />
      <p>Hosts that are in the group already stay in it. People of the group will see these hosts.</p>
    </FormDialog>
  );
}
