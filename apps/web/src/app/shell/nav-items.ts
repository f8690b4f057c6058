import type { Role } from '@patchgate/domain';
import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from '../../ui/icon.js';

export interface NavItem {
  to: LinkProps['to'] & string;
  label: string;
  icon: IconName;
  /** The least role that has something to do there. */
  role: Role;
}

export const fleetItems: readonly NavItem[] = [
  { to: '/', label: 'Overview', icon: 'overview', role: 'viewer' },
  { to: '/hosts', label: 'Hosts', icon: 'hosts', role: 'viewer' },
  { to: '/groups', label: 'Groups', icon: 'groups', role: 'viewer' },
];

export const patchingItems: readonly NavItem[] = [
  { to: '/deploy', label: 'Deploy', icon: 'deploy', role: 'operator' },
  { to: '/jobs', label: 'Jobs', icon: 'jobs', role: 'viewer' },
  { to: '/windows', label: 'Windows', icon: 'windows', role: 'viewer' },
];

/** What a phone keeps in reach of the thumb; the rest is behind “More”. */
export const phoneItems: readonly NavItem[] = [...fleetItems, ...patchingItems].filter(({ to }) =>
  ['/', '/hosts', '/jobs', '/windows'].includes(to),
);

export const administrationItems: readonly NavItem[] = [
  { to: '/agents', label: 'Agents', icon: 'device', role: 'admin' },
  { to: '/users', label: 'Users', icon: 'users', role: 'admin' },
  { to: '/audit', label: 'Audit log', icon: 'audit', role: 'viewer' },
];
