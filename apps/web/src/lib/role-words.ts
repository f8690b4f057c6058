import type { Role } from '@patchgate/domain';

export const roleWords: Record<Role, string> = {
  admin: 'Administrator',
  operator: 'Operator',
  viewer: 'Viewer',
};

/** What each role may do, for the place where one is chosen. */
export const roleMeanings: Record<Role, string> = {
  admin: 'Sees and configures everything, people included',
  operator: 'Works with the hosts of their groups',
  viewer: 'Reads the hosts of their groups',
};
