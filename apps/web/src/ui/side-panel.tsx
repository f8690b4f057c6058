import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { use, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { SidePanelSlotContext } from './side-panel-slot.js';
import classes from './side-panel.module.css';
import { useReturnFocus } from './use-return-focus.js';

interface SidePanelProps {
  /** Whose panel it is, for readers. */
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** Details beside the page: docked where there is room for both, above the page where there is not, all of a phone. */
export function SidePanel(props: SidePanelProps) {
  const hasRoom = useMediaQuery('(min-width: 1200px)', false, { getInitialValueInEffect: false });
  return hasRoom ? <DockedPanel {...props} /> : <Sheet {...props} />;
}

function DockedPanel({ label, onClose, children }: SidePanelProps) {
  const { element, setDocked } = use(SidePanelSlotContext);
  const panel = useRef<HTMLElement>(null);
  useReturnFocus();
  useEffect(() => {
    setDocked(true);
    return () => setDocked(false);
  }, [setDocked]);
  // Whoever opened it by keyboard goes on in it; who came by its address is left at the beginning of the page.
  useEffect(() => {
    if (document.activeElement !== document.body) panel.current?.focus({ preventScroll: true });
  }, []);
  if (element === null) return null;
  return createPortal(
    <aside
      ref={panel}
      className={classes.docked}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        // A dialog or menu above it takes its own Escape.
        if (event.key === 'Escape' && !event.defaultPrevented && isWithin(event)) onClose();
      }}
    >
      {children}
    </aside>,
    element,
  );
}

// Events of portals come up the tree of components, through dialogs that were opened from here.
const isWithin = ({ target, currentTarget }: { target: EventTarget; currentTarget: Element }): boolean =>
  target instanceof Node && currentTarget.contains(target);

function Sheet({ label, onClose, children }: SidePanelProps) {
  useReturnFocus();
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      position="right"
      size={672}
      padding={0}
      transitionProps={{ duration: 150 }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={label} className={classes.sheet ?? ''}>
        <Drawer.Body className={classes.sheetBody ?? ''}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
