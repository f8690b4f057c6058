import type { RunDetailView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { OverrideDialog } from './override.dialog.js';
import { ResolveDialog } from './resolve.dialog.js';
import type { RunAction } from './run-actions.js';
import { useRunCommand } from './run.mutations.js';

interface RunDialogProps {
  run: RunDetailView;
  action: RunAction;
  onClose: () => void;
}

export function RunDialog({ run, action, onClose }: RunDialogProps) {
  switch (action) {
    case 'skip':
      return <SkipDialog run={run} onClose={onClose} />;
    case 'stop':
      return <StopDialog run={run} onClose={onClose} />;
    case 'override':
      return <OverrideDialog run={run} onClose={onClose} />;
    case 'resolve':
      return <ResolveDialog run={run} onClose={onClose} />;
    case 'checkNow':
      return null;
  }
}

interface ConfirmProps {
  run: RunDetailView;
  onClose: () => void;
}

function SkipDialog({ run, onClose }: ConfirmProps) {
  const { mutateAsync } = useRunCommand({ jobId: run.job_id, runId: run.id }, 'cancel');
  return (
    <ConfirmDialog
      title={`Skip ${run.fqdn}?`}
      confirm="Skip this host"
      onConfirm={async () => {
        await mutateAsync();
        announce(`${run.fqdn} is skipped.`);
      }}
      onClose={onClose}
    >
      The host is not patched by this job, and that is no failure. The other hosts go on. It can be ordered
      again at any time.
    </ConfirmDialog>
  );
}

function StopDialog({ run, onClose }: ConfirmProps) {
  const { mutateAsync } = useRunCommand({ jobId: run.job_id, runId: run.id }, 'cancel');
  return (
    <ConfirmDialog
      title={`Ask ${run.fqdn} to stop?`}
      confirm="Ask to stop"
      onConfirm={async () => {
        await mutateAsync();
        announce(`The agent of ${run.fqdn} is asked to stop.`);
      }}
      onClose={onClose}
    >
      The patch was ordered. The agent stops if it has not begun yet; a package system at work is never
      interrupted, and the run then ends as it would have.
    </ConfirmDialog>
  );
}
