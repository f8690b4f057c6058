import { Button } from '@mantine/core';
import { Icon } from '../../ui/icon.js';
import { Tip } from '../../ui/tip.js';
import type { CheckDialog } from './use-check-dialog.js';

/** Product rule: the gate waits for all of them, so a host has few. */
export const mostChecks = 5;

interface CheckSectionActionsProps {
  count: number;
  onOpen: (dialog: CheckDialog) => void;
}

export function CheckSectionActions({ count, onOpen }: CheckSectionActionsProps) {
  const isFull = count >= mostChecks;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="copy" size={14} />}
        onClick={() => onOpen({ kind: 'copy' })}
      >
        Copy to hosts
      </Button>
      <Tip label={isFull ? 'A host has at most 5 checks: delete one to add another.' : null}>
        {/* It keeps the focus when it is off, so that its reason can be read by keyboard. */}
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          aria-disabled={isFull}
          {...(isFull && { 'data-disabled': true })}
          onClick={() => !isFull && onOpen({ kind: 'add' })}
        >
          Add check
        </Button>
      </Tip>
    </>
  );
}
