import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnFocus } from '../../ui/use-return-focus.js';
import classes from './shell.module.css';

interface PhoneDrawerProps {
  onClose: () => void;
  children: ReactNode;
}

export function PhoneDrawer({ onClose, children }: PhoneDrawerProps) {
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={onClose}
      title="Patchgate"
      size={280}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.drawer}>{children}</div>
    </Drawer>
  );
}
