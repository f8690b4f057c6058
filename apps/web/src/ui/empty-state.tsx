import type { ReactNode } from 'react';
import classes from './empty-state.module.css';
import { Icon } from './icon.js';
import type { IconName } from './icon.js';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** One sentence that teaches what to do. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.picture}>
        <Icon name={icon} size={20} />
      </span>
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.text}>{children}</div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}

/** The same where a table would stand. */
export function EmptyCard(props: EmptyStateProps) {
  return (
    <section className={classes.card} aria-label={props.title}>
      <EmptyState {...props} />
    </section>
  );
}
