import type { ReactNode } from 'react';
import classes from './fit-page.module.css';

/** A page as high as the window, for a table that scrolls in itself. On phones the page scrolls as ever. */
export function FitPage({ children }: { children: ReactNode }) {
  return <div className={classes.fit}>{children}</div>;
}
