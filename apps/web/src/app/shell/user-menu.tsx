import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import { useSignOut } from '../../features/sign-in/sign-in.mutations.js';
import { initialsOf } from '../../lib/initials.js';
import { usePrincipal } from '../../lib/principal.js';
import { roleWords } from '../../lib/role-words.js';
import { Icon } from '../../ui/icon.js';
import classes from './user-menu.module.css';

const entries = [
  { to: '/account', icon: 'edit', label: 'Profile and password' },
  { to: '/account/sessions', icon: 'device', label: 'Sessions' },
  { to: '/account/api-tokens', icon: 'key', label: 'API tokens' },
] as const;

/** The browser's own popover: it closes on Escape and on a click beside it, and gives the focus back. */
export function UserMenu() {
  const { display_name: displayName, username, role } = usePrincipal();
  const signOut = useSignOut();
  const menuId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const name = displayName === '' ? username : displayName;
  const close = () => menu.current?.hidePopover();
  return (
    <>
      <button type="button" className={classes.me} popoverTarget={menuId}>
        <VisuallyHidden>Your account: </VisuallyHidden>
        <span className={classes.initials} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <span className={classes.words}>
          <span className={classes.name}>{name}</span>
          <span className={classes.role}>{roleWords[role]}</span>
        </span>
      </button>
      <div ref={menu} id={menuId} popover="auto" className={classes.menu}>
        <ul>
          {entries.map(({ to, icon, label }) => (
            <li key={to}>
              <Link to={to} className={classes.entry} activeOptions={{ exact: true }} onClick={close}>
                <Icon name={icon} />
                {label}
              </Link>
            </li>
          ))}
          <li className={classes.last}>
            <button type="button" className={classes.entry} onClick={() => signOut.mutate()}>
              <Icon name="signOut" />
              {signOut.isError ? 'Sign out failed, try again' : 'Sign out'}
            </button>
          </li>
        </ul>
      </div>
    </>
  );
}
