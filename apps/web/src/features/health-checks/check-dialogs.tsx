import type { HealthCheckView, HostView } from '@patchgate/contracts';
import { lazy, Suspense } from 'react';
import type { CheckDialog } from './use-check-dialog.js';

// Dialogs are no part of the first load.
const EditCheckDialog = lazy(async () => ({ default: (await import('./check.dialog.js')).EditCheckDialog }));
const CopyChecksDialog = lazy(async () => ({
  default: (await import('./copy-checks.dialog.js')).CopyChecksDialog,
}));
const confirmations = () => import('./check-confirm.dialogs.js');
const DeleteCheckDialog = lazy(async () => ({ default: (await confirmations()).DeleteCheckDialog }));
const SwitchCheckDialog = lazy(async () => ({ default: (await confirmations()).SwitchCheckDialog }));

interface CheckDialogsProps {
  host: HostView;
  checks: readonly HealthCheckView[];
  dialog: CheckDialog | null;
  onClose: () => void;
}

export function CheckDialogs({ dialog, ...props }: CheckDialogsProps) {
  if (dialog === null) return null;
  return <Suspense>{drawn(dialog, props)}</Suspense>;
}

function drawn(dialog: CheckDialog, { host, checks, onClose }: Omit<CheckDialogsProps, 'dialog'>) {
  switch (dialog.kind) {
    case 'add':
      return <EditCheckDialog host={host} check={null} onClose={onClose} />;
    case 'edit': {
      // An address may name a check that is gone, or one that is still being fetched.
      const check = checks.find(({ id }) => id === dialog.checkId);
      return check && <EditCheckDialog host={host} check={check} onClose={onClose} />;
    }
    case 'copy':
      return <CopyChecksDialog host={host} checks={checks} onClose={onClose} />;
    case 'switch':
      return <SwitchCheckDialog check={dialog.check} onClose={onClose} />;
    case 'delete':
      return <DeleteCheckDialog check={dialog.check} onClose={onClose} />;
  }
}
