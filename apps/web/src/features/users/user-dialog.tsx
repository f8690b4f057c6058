import type { UserView } from '@patchgate/contracts';
import { EditUserDialog } from './edit-user.dialog.js';
import { ResetPasswordDialog } from './reset-password.dialog.js';
import { DeleteUserDialog, SwitchUserDialog } from './user-confirm.dialogs.js';

export type UserAction = 'edit' | 'password' | 'disable' | 'enable' | 'delete';

interface UserDialogProps {
  user: UserView;
  action: UserAction;
  onClose: () => void;
}

export function UserDialog({ user, action, onClose }: UserDialogProps) {
  switch (action) {
    case 'edit':
      return <EditUserDialog user={user} onClose={onClose} />;
    case 'password':
      return <ResetPasswordDialog user={user} onClose={onClose} />;
    case 'disable':
    case 'enable':
      return <SwitchUserDialog user={user} onClose={onClose} />;
    case 'delete':
      return <DeleteUserDialog user={user} onClose={onClose} />;
  }
}
