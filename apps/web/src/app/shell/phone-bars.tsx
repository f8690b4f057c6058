import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icon.js';
import { Brand } from './brand.js';
import { ConnectionLine } from './connection-line.js';
import { phoneItems } from './nav-items.js';
import classes from './phone-bars.module.css';

interface TopBarProps {
  onMenu: () => void;
  onSearch: () => void;
}

export function TopBar({ onMenu, onSearch }: TopBarProps) {
  return (
    <header className={classes.top}>
      <ActionIcon aria-label="Menu" onClick={onMenu}>
        <Icon name="menu" />
      </ActionIcon>
      <Brand />
      <ConnectionLine />
      <ActionIcon aria-label="Find a host" onClick={onSearch}>
        <Icon name="search" />
      </ActionIcon>
    </header>
  );
}

export function TabBar({ onMore }: { onMore: () => void }) {
  return (
    <nav className={classes.tabs} aria-label="Sections">
      {phoneItems.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          className={classes.tab}
          activeOptions={{ exact: item.to === '/', includeSearch: false }}
        >
          <Icon name={item.icon} size={20} />
          {item.label}
        </Link>
      ))}
      <button type="button" className={classes.tab} onClick={onMore}>
        <Icon name="menu" size={20} />
        More
      </button>
    </nav>
  );
}
