import type { Caller } from '../../platform/http/caller.js';

/** Who works with the demo; nobody but the administrator knows a password. */
export const demoPeople = [
  {
    username: 'omar',
    display_name: 'Omar Haddad',
    role: 'operator',
    groups: ['Web', 'Apps'],
  },
  { username: 'li.wei', display_name: 'Li Wei', role: 'operator', groups: ['Databases'] },
  { username: 'mira', display_name: 'Mira Kovač', role: 'viewer', groups: ['Web'] },
] as const;

/** What is laid out is laid out by somebody, with the rights of an administrator. */
export const callerOf = (userId: string, username: string): Caller => ({
  ...{ id: userId, name: username, sourceAddress: '127.0.0.1', userAgent: 'demo' },
  principal: {
    ...{ userId, username, displayName: username, role: 'admin' },
    credential: { kind: 'session', id: userId },
  },
});
