import type { MaintenanceWindowView } from '@patchgate/contracts';
import { countOf } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { kindWords } from './window-words.js';
import { useDeleteWindow } from './windows.mutations.js';

export function DeleteWindowDialog({
  window,
  onClose,
}: {
  window: MaintenanceWindowView;
  onClose: () => void;
}) {
  const remove = useDeleteWindow(window.id);
  return (
    <ConfirmDialog
      title={`Delete the ${kindWords[window.kind]} ${window.name}?`}
      confirm={`Delete ${kindWords[window.kind]}`}
      onConfirm={async () => {
        await remove.mutateAsync();
        announce(`${window.name} deleted.`);
      }}
      onClose={onClose}
    >
      {effectOf(window)}
    </ConfirmDialog>
  );
}

function effectOf(window: MaintenanceWindowView): string {
  const whose =
    window.host_id === null ? `${countOf(window.hosts, 'host')} of ${window.scope_name}` : window.scope_name;
  if (window.kind === 'blackout') {
    const isHolding = window.current !== null ? ' It is in force now.' : '';
    return `From that moment on nothing keeps ${whose} from being patched at these times.${isHolding}`;
  }
  const isOpen = window.current !== null ? ' It is open now, and closes at once.' : '';
  return `At these times ${whose} can no longer be patched, unless another window says so.${isOpen}`;
}
