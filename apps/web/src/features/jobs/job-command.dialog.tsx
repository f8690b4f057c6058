import type { PatchJobView } from '@patchgate/contracts';
import { useNavigate } from '@tanstack/react-router';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { commandWords } from './command-words.js';
import type { CommandName } from './job-commands.js';
import { useJobCommand } from './job.mutations.js';

interface JobCommandDialogProps {
  job: PatchJobView;
  command: CommandName;
  onClose: () => void;
}

/** Asks once more, and says what will happen. */
export function JobCommandDialog({ job, command, onClose }: JobCommandDialogProps) {
  const { mutateAsync } = useJobCommand(job.id, command);
  const navigate = useNavigate();
  const words = commandWords(job, command);
  return (
    <ConfirmDialog
      title={words.title}
      confirm={words.confirm}
      isDestructive={command === 'cancel'}
      onConfirm={async () => {
        const answer = await mutateAsync();
        announce(words.done(answer));
        if (command === 'retryFailed') await navigate({ to: '/jobs/$jobId', params: { jobId: answer.id } });
      }}
      onClose={onClose}
    >
      {words.happens}
    </ConfirmDialog>
  );
}
