import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { parseAgentSearch } from '../features/agents/agent-search.js';
import { parseAuditSearch } from '../features/audit/audit-search.js';
import { parseDeploySearch } from '../features/deploy/deploy-search.js';
import { parseGroupSearch } from '../features/groups/group-search.js';
import { parseCheckSearch } from '../features/health-checks/check-search.js';
import { parseHostSearch } from '../features/hosts/host-search.js';
import { parseJobsSearch } from '../features/jobs/jobs-search.js';
import { parseBoardSearch } from '../features/jobs/board-search.js';
import { parseSignInSearch } from '../features/sign-in/sign-in-search.js';
import { parseUserSearch } from '../features/users/user-search.js';
import { parseWindowSearch } from '../features/windows/window-search.js';
import type { LiveUpdates } from '../lib/live-updates.js';
import { sessionQuery, setupStateQuery } from '../lib/session.queries.js';
import { MissingPage } from './fallback-pages.js';
import { Shell } from './shell/shell.js';

const root = createRootRouteWithContext<{ queryClient: QueryClient; live: LiveUpdates }>()();

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../features/setup/setup.page.js'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in.page.js'), 'SignInPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context: { queryClient, live }, location }) => {
    const session = await queryClient.query({ ...sessionQuery, staleTime: 'static' });
    if (session !== null) {
      await live.start();
      return { session };
    }
    const { needed } = await queryClient.query(setupStateQuery);
    const to = location.href === '/' ? {} : { to: location.href };
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router takes a thrown redirect as the way out of a guard
    throw needed ? redirect({ to: '/setup' }) : redirect({ to: '/sign-in', search: to });
  },
});

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/overview.page.js'), 'OverviewPage'),
});

const hosts = createRoute({
  getParentRoute: () => shell,
  path: '/hosts',
  validateSearch: parseHostSearch,
  component: lazyRouteComponent(() => import('../features/hosts/hosts.page.js'), 'HostsPage'),
});

const host = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/$hostId',
  validateSearch: parseCheckSearch,
  component: lazyRouteComponent(() => import('./host-with-checks.js'), 'HostWithChecks'),
});

const groups = createRoute({
  getParentRoute: () => shell,
  path: '/groups',
  validateSearch: parseGroupSearch,
  component: lazyRouteComponent(() => import('../features/groups/groups.page.js'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => shell,
  path: '/groups/$groupId',
  component: lazyRouteComponent(() => import('../features/groups/group.page.js'), 'GroupPage'),
});

const windows = createRoute({
  getParentRoute: () => shell,
  path: '/windows',
  validateSearch: parseWindowSearch,
  component: lazyRouteComponent(() => import('../features/windows/windows.page.js'), 'WindowsPage'),
});

const deploy = createRoute({
  getParentRoute: () => shell,
  path: '/deploy',
  validateSearch: parseDeploySearch,
  component: lazyRouteComponent(() => import('../features/deploy/deploy.page.js'), 'DeployPage'),
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  validateSearch: parseJobsSearch,
  component: lazyRouteComponent(() => import('../features/jobs/jobs.page.js'), 'JobsPage'),
});

const job = createRoute({
  getParentRoute: () => shell,
  path: '/jobs/$jobId',
  validateSearch: parseBoardSearch,
  component: lazyRouteComponent(() => import('./job-with-run.js'), 'JobWithRun'),
});

const agents = createRoute({
  getParentRoute: () => shell,
  path: '/agents',
  validateSearch: parseAgentSearch,
  component: lazyRouteComponent(() => import('../features/agents/agents.page.js'), 'AgentsPage'),
});

const waitingAgents = createRoute({
  getParentRoute: () => agents,
  path: '/',
  component: lazyRouteComponent(() => import('../features/agents/waiting.tab.js'), 'WaitingTab'),
});

const enrolmentTokens = createRoute({
  getParentRoute: () => agents,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../features/agents/tokens.tab.js'), 'TokensTab'),
});

const agentCertificates = createRoute({
  getParentRoute: () => agents,
  path: '/certificates',
  component: lazyRouteComponent(() => import('../features/agents/certificates.tab.js'), 'CertificatesTab'),
});

const users = createRoute({
  getParentRoute: () => shell,
  path: '/users',
  validateSearch: parseUserSearch,
  component: lazyRouteComponent(() => import('../features/users/users.page.js'), 'UsersPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('../features/audit/audit.page.js'), 'AuditPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/account.page.js'), 'AccountPage'),
});

const profile = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('../features/account/profile.tab.js'), 'ProfileTab'),
});

const sessions = createRoute({
  getParentRoute: () => account,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../features/account/sessions.tab.js'), 'SessionsTab'),
});

const apiTokens = createRoute({
  getParentRoute: () => account,
  path: '/api-tokens',
  component: lazyRouteComponent(() => import('../features/account/api-tokens.tab.js'), 'ApiTokensTab'),
});

// Within the shell, so that who mistyped an address has the navigation; who is not signed in is asked to first.
const missing = createRoute({ getParentRoute: () => shell, path: '$', component: MissingPage });

export const routeTree = root.addChildren([
  setup,
  signIn,
  shell.addChildren([
    overview,
    hosts,
    host,
    groups,
    group,
    windows,
    deploy,
    jobs,
    job,
    agents.addChildren([waitingAgents, enrolmentTokens, agentCertificates]),
    users,
    audit,
    account.addChildren([profile, sessions, apiTokens]),
    missing,
  ]),
]);
