import { useEffect } from 'react';
import type { ReactNode } from 'react';
import classes from './page-header.module.css';

interface PageHeaderProps {
  title: string;
  /** What leads here, a link each. */
  crumbs?: ReactNode;
  badge?: ReactNode;
  /** Facts of the page, one span each. */
  facts?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, crumbs, badge, facts, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Patchgate`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        {crumbs !== undefined && (
          <nav className={classes.crumbs} aria-label="Breadcrumb">
            {crumbs}
          </nav>
        )}
        <div className={classes.title}>
          <h1>{title}</h1>
          {badge}
        </div>
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      {facts !== undefined && <div className={classes.facts}>{facts}</div>}
    </header>
  );
}
