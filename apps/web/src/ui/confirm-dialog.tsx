import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import classes from './form-dialog.module.css';
import { reasonOf, RequestId } from './error-state.js';
import { Dialog } from './dialog.js';
import { Note } from './note.js';

interface ConfirmDialogProps {
  title: string;
  /** What will be gone or changed, and what stays. */
  children: ReactNode;
  /** The verb itself, “Delete host”; never “OK”. */
  confirm: string;
  /** Red, as for all that cannot be taken back; off for what can. */
  isDestructive?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, isDestructive = true, onConfirm, onClose } = props;
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = async (): Promise<void> => {
    setIsSending(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setIsSending(false);
    }
  };

  return (
    <Dialog onClose={onClose} title={title} size={460}>
      <div className={classes.fields}>
        <div>{children}</div>
        {error !== null && (
          <Note tone="bad" live>
            {reasonOf(error)}
            <RequestId error={error} />
          </Note>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            color={isDestructive ? 'red' : 'iris'}
            aria-disabled={isSending}
            onClick={() => !isSending && void send()}
          >
            {isSending ? 'Working…' : confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
