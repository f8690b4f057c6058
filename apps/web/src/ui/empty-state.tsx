import type { ReactNode } from 'react';
import classes from './empty-state.module.css';
import { Icon } from './icon.js';
import type { IconName } from './icon.js';
import { usePageTitle } from './use-page-title.js';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** One sentence that teaches what to do. */
  children: ReactNode;
  action?: ReactNode;
  /** Below a card's title it is a third heading, on the page itself a second, as the page the first. */
  level?: 1 | 2 | 3;
}

export function EmptyState({ icon, title, children, action, level = 3 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={classes.empty}>
      <span className={classes.picture}>
        <Icon name={icon} size={20} />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      <div className={classes.text}>{children}</div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}

/** The same where a table would stand. */
export function EmptyCard(props: EmptyStateProps) {
  return (
    <section className={classes.card} aria-label={props.title}>
      <EmptyState level={2} {...props} />
    </section>
  );
}

/** The same where there is nothing else: what was asked for is not there, or not for this reader. */
export function EmptyPage(props: Omit<EmptyStateProps, 'level'>) {
  usePageTitle(props.title);
  return <EmptyCard level={1} {...props} />;
}
