import type { ReactNode } from 'react';
import classes from './page-header.module.css';
import { usePageTitle } from './use-page-title.js';

interface PageHeaderProps {
  title: string;
  /** What leads here, a link each. */
  crumbs?: ReactNode;
  badge?: ReactNode;
  /** Facts of the page, one span each; null keeps their line free while they are being fetched. */
  facts?: ReactNode;
  actions?: ReactNode;
  /** How many lines the facts usually take on a phone; kept free, so that nothing moves when they come. */
  phoneFactLines?: 1 | 2;
}

export function PageHeader({ title, crumbs, badge, facts, actions, phoneFactLines = 1 }: PageHeaderProps) {
  usePageTitle(title);
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
      {facts !== undefined && (
        <div className={classes.facts} data-phone-lines={phoneFactLines}>
          {facts}
        </div>
      )}
    </header>
  );
}
