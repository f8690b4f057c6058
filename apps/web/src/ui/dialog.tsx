import { Modal } from '@mantine/core';
import type { ModalProps } from '@mantine/core';
import { useReturnFocus } from './use-return-focus.js';

/** A dialog that is there while it is drawn: whoever opens it draws it, and stops drawing it to close it. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useReturnFocus();
  return <Modal opened {...props} />;
}
