import type { GroupView } from '@patchgate/contracts';
import { useNavigate } from '@tanstack/react-router';
import { countOf } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { useDeleteGroup } from './groups.mutations.js';

export function DeleteGroupDialog({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const remove = useDeleteGroup(group.id);
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete the group ${group.name}?`}
      confirm="Delete group"
      onConfirm={async () => {
        await remove.mutateAsync();
        announce(`Group ${group.name} deleted.`);
        await navigate({ to: '/groups' });
      }}
      onClose={onClose}
    >
      Its {countOf(group.hosts, 'host')} and {countOf(group.users, 'person', 'people')} stay, but people who
      reach those hosts only through this group lose sight of them.
    </ConfirmDialog>
  );
}
