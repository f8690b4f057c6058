import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  title: string;
  /** Said in quiet beside the title: a count, a span of time. */
  note?: ReactNode;
  actions?: ReactNode;
  /** `flush` lets a table or list reach the card's edges. */
  padding?: 'normal' | 'flush';
  children: ReactNode;
}

export function Card({ title, note, actions, padding = 'normal', children }: CardProps) {
  const titleId = useId();
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <header className={classes.head}>
        <h2 id={titleId}>{title}</h2>
        {note !== undefined && <span className={classes.note}>{note}</span>}
        {actions !== undefined && <span className={classes.actions}>{actions}</span>}
      </header>
      <div className={classes.body} data-padding={padding}>
        {children}
      </div>
    </section>
  );
}
