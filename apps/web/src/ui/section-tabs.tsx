import { Link } from '@tanstack/react-router';
import type { LinkProps } from '@tanstack/react-router';
import classes from './section-tabs.module.css';

interface SectionTab {
  to: LinkProps['to'] & string;
  label: string;
}

/** Pages that share a heading, a link each. */
export function SectionTabs({ label, tabs }: { label: string; tabs: readonly SectionTab[] }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          className={classes.tab}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
