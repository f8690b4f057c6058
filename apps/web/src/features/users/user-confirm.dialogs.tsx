import type { UserView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { useDeleteUser, useUpdateUser } from './users.mutations.js';

interface ConfirmProps {
  user: UserView;
  onClose: () => void;
}

export function SwitchUserDialog({ user, onClose }: ConfirmProps) {
  const update = useUpdateUser(user.id);
  const isDisabled = user.disabled_at !== null;
  return (
    <ConfirmDialog
      title={`${isDisabled ? 'Enable' : 'Disable'} ${user.username}?`}
      confirm={isDisabled ? 'Enable' : 'Disable'}
      isDestructive={!isDisabled}
      onConfirm={async () => {
        await update.mutateAsync({ disabled: !isDisabled });
        announce(`${user.username} is ${isDisabled ? 'enabled' : 'disabled'}.`);
      }}
      onClose={onClose}
    >
      {isDisabled
        ? 'They can sign in again, with the role and groups they had.'
        : 'They are signed out everywhere at once and their API tokens stop working. You can enable them again later.'}
    </ConfirmDialog>
  );
}

export function DeleteUserDialog({ user, onClose }: ConfirmProps) {
  const remove = useDeleteUser(user.id);
  return (
    <ConfirmDialog
      title={`Delete ${user.username}?`}
      confirm="Delete user"
      onConfirm={async () => {
        await remove.mutateAsync();
        announce(`${user.username} deleted.`);
      }}
      onClose={onClose}
    >
      Their sessions and API tokens go with them and cannot be brought back. What they did stays in the audit
      log.
    </ConfirmDialog>
  );
}
