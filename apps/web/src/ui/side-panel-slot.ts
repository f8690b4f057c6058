import { createContext } from 'react';

interface SidePanelSlot {
  /** Where a docked panel is drawn: a column of its own beside the page. */
  element: HTMLElement | null;
  /** Tells the shell that a panel stands there, which takes room from the navigation. */
  setDocked: (isDocked: boolean) => void;
}

/** Given by the shell. */
export const SidePanelSlotContext = createContext<SidePanelSlot>({
  element: null,
  setDocked: () => undefined,
});
