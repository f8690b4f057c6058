import type { MaintenanceWindowView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { DeleteWindowDialog } from './delete-window.dialog.js';
import type { WindowAction } from './window-menu.js';
import { EditWindowDialog } from './window.dialog.js';
import { useSwitchWindow } from './windows.mutations.js';

export interface OpenWindowDialog {
  window: MaintenanceWindowView;
  action: WindowAction;
}

interface WindowDialogsProps {
  open: OpenWindowDialog;
  onOpen: (open: OpenWindowDialog | null) => void;
}

/** What is done to one window. */
export function WindowDialogs({ open: { window, action }, onOpen }: WindowDialogsProps) {
  const close = () => onOpen(null);
  switch (action) {
    case 'edit':
      return (
        <EditWindowDialog
          window={window}
          onDelete={() => onOpen({ window, action: 'delete' })}
          onClose={close}
        />
      );
    case 'delete':
      return <DeleteWindowDialog window={window} onClose={close} />;
    case 'switch':
      return <SwitchWindowDialog window={window} onClose={close} />;
  }
}

function SwitchWindowDialog({ window, onClose }: { window: MaintenanceWindowView; onClose: () => void }) {
  const change = useSwitchWindow(window);
  const isBlackout = window.kind === 'blackout';
  const verb = window.enabled ? 'Disable' : 'Enable';
  // What lets more happen than before is the one to think about.
  const isRisky = isBlackout === window.enabled;
  return (
    <ConfirmDialog
      title={`${verb} ${window.name}?`}
      confirm={verb}
      isDestructive={isRisky}
      onConfirm={async () => {
        await change();
        announce(`${window.name} ${window.enabled ? 'disabled' : 'enabled'}.`);
      }}
      onClose={onClose}
    >
      {isRisky
        ? `The hosts of ${window.scope_name} may then be patched at times at which they may not be now.`
        : `At its times the hosts of ${window.scope_name} are then not patched${isBlackout ? '' : ', unless another window says so'}.`}
    </ConfirmDialog>
  );
}
