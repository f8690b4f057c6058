import { Button } from '@mantine/core';
import { Icon } from './icon.js';

interface EditActionsProps {
  /** Without it the buttons keep their place and wait for what they would act on. */
  onOpen?: (dialog: 'edit' | 'delete') => void;
}

/** What an administrator may do to the thing a page is about. */
export function EditActions({ onOpen }: EditActionsProps) {
  const isWaiting = onOpen === undefined;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="edit" />}
        disabled={isWaiting}
        onClick={() => onOpen?.('edit')}
      >
        Edit
      </Button>
      <Button
        variant="danger"
        leftSection={<Icon name="trash" />}
        disabled={isWaiting}
        onClick={() => onOpen?.('delete')}
      >
        Delete
      </Button>
    </>
  );
}
