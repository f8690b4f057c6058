import type { HostView } from '@patchgate/contracts';
import { useNavigate } from '@tanstack/react-router';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { useDeleteHost } from './hosts.mutations.js';

interface DeleteHostDialogProps {
  host: HostView;
  onClose: () => void;
}

export function DeleteHostDialog({ host, onClose }: DeleteHostDialogProps) {
  const remove = useDeleteHost(host.id);
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete ${host.fqdn}?`}
      confirm="Delete host"
      onConfirm={async () => {
        await remove.mutateAsync();
        announce(`${host.fqdn} deleted.`);
        await navigate({ to: '/hosts' });
      }}
      onClose={onClose}
    >
      Its facts and what was measured on it go with it. The audit log keeps who deleted it. The machine itself
      is not touched.
    </ConfirmDialog>
  );
}
