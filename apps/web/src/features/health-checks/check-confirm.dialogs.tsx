import type { HealthCheckView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { useDeleteCheck, useSwitchCheck } from './health-checks.mutations.js';

interface CheckConfirmProps {
  check: HealthCheckView;
  onClose: () => void;
}

export function DeleteCheckDialog({ check, onClose }: CheckConfirmProps) {
  const remove = useDeleteCheck(check);
  return (
    <ConfirmDialog
      title={`Delete ${check.name}?`}
      confirm="Delete check"
      onConfirm={async () => {
        await remove.mutateAsync();
        announce(`${check.name} deleted.`);
      }}
      onClose={onClose}
    >
      The gate will not ask it any more, and its history goes with it. The audit log keeps who deleted it.
    </ConfirmDialog>
  );
}

/** Asked first, because the gate opens without a check that is off. */
export function SwitchCheckDialog({ check, onClose }: CheckConfirmProps) {
  const switchCheck = useSwitchCheck(check);
  const verb = check.enabled ? 'Disable' : 'Enable';
  return (
    <ConfirmDialog
      title={`${verb} ${check.name}?`}
      confirm={`${verb} check`}
      isDestructive={false}
      onConfirm={async () => {
        await switchCheck();
        announce(`${check.name} ${check.enabled ? 'disabled' : 'enabled'}.`);
      }}
      onClose={onClose}
    >
      {check.enabled
        ? 'While it is off it is not polled, and the gate lets this host through without asking it.'
        : 'It is asked at once, then with every poll, and the gate waits for it.'}
    </ConfirmDialog>
  );
}
