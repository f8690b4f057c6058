import { useEffect, useState } from 'react';

/**
 * Gives the focus back to where it was before this part of the page appeared. Where that is gone too, as a menu that
 * closed, the content of the page gets it: a keyboard must never be thrown back to the beginning.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const target = opener?.isConnected === true ? opener : document.getElementById('main');
      // The dialog is still in the document here, and its own trap would take the focus back.
      window.setTimeout(() => {
        if (target instanceof HTMLElement) target.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}
