import { isAllowed } from '@patchgate/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { overviewQuery } from '../../lib/fleet.queries.js';
import { formatCount } from '../../lib/counts.js';
import { liveJobsQuery } from '../../lib/live-jobs.queries.js';
import { usePrincipal } from '../../lib/principal.js';
import { Icon } from '../../ui/icon.js';
import { administrationItems, fleetItems, patchingItems } from './nav-items.js';
import type { NavItem } from './nav-items.js';
import classes from './navigation.module.css';

interface NavigationProps {
  onSearch: () => void;
  onLeave?: () => void;
}

export function Navigation({ onSearch, onLeave }: NavigationProps) {
  const { role } = usePrincipal();
  const { data } = useQuery(overviewQuery);
  const { data: live } = useQuery(liveJobsQuery);
  const counts: Record<string, string | undefined> = {
    '/hosts': data && formatCount(data.hosts.total),
    '/groups': data && formatCount(data.groups),
    '/jobs': live === undefined || live.total === 0 ? undefined : `${formatCount(live.total)} live`,
  };
  const entries = (items: readonly NavItem[]) =>
    items
      .filter((item) => isAllowed(role, item.role))
      .map((item) => (
        <li key={item.to}>
          <NavEntry item={item} count={counts[item.to]} {...(onLeave && { onLeave })} />
        </li>
      ));

  return (
    <nav className={classes.navigation} aria-label="Main">
      <button type="button" className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="search" size={14} />
        <span className={classes.word}>Find a host</span>
        <kbd className={classes.key}>Ctrl K</kbd>
      </button>
      <ul>{entries(fleetItems)}</ul>
      <div className={classes.heading}>Patching</div>
      <ul>{entries(patchingItems)}</ul>
      <div className={classes.heading}>Administration</div>
      <ul>{entries(administrationItems)}</ul>
    </nav>
  );
}

function NavEntry({
  item,
  count,
  onLeave,
}: {
  item: NavItem;
  count: string | undefined;
  onLeave?: () => void;
}) {
  return (
    <Link
      to={item.to}
      className={classes.entry}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
      title={item.label}
      onClick={onLeave}
    >
      <Icon name={item.icon} />
      <span className={classes.word}>{item.label}</span>
      {count !== undefined && <span className={classes.count}>{count}</span>}
    </Link>
  );
}
