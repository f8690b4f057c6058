import type { Api } from './api.js';
import { unique, uniqueAddress } from './names.js';

export interface PageAddress {
  name: string;
  path: string;
  /** The heading that says that the page is there. */
  heading: string | RegExp;
  isPublic?: true;
}

/** Every page there is, with something on it. */
export async function everyPage(api: Api): Promise<PageAddress[]> {
  const group = await api.group(unique('seen'));
  const host = await api.host(`${unique('seen')}.example.org`, uniqueAddress(), [group.id]);
  return [
    { name: 'sign-in', path: '/sign-in', heading: 'Sign in', isPublic: true },
    { name: 'setup', path: '/setup', heading: 'Patchgate is set up', isPublic: true },
    { name: 'overview', path: '/', heading: 'Overview' },
    { name: 'hosts', path: '/hosts', heading: 'Hosts' },
    { name: 'hosts-none', path: '/hosts?q=no-such-host', heading: 'Hosts' },
    { name: 'add-host', path: '/hosts?dialog=add', heading: 'Hosts' },
    { name: 'host', path: `/hosts/${host.id}`, heading: /^seen-/ },
    { name: 'groups', path: '/groups', heading: 'Groups' },
    { name: 'group', path: `/groups/${group.id}`, heading: group.name },
    { name: 'users', path: '/users', heading: 'Users' },
    { name: 'audit', path: '/audit', heading: 'Audit log' },
    { name: 'account', path: '/account', heading: 'Your account' },
    { name: 'sessions', path: '/account/sessions', heading: 'Your account' },
    { name: 'api-tokens', path: '/account/api-tokens', heading: 'Your account' },
  ];
}
