import {
  enrollmentEndpoints,
  enrollmentTokenEndpoints,
  healthCheckEndpoints,
  patchJobEndpoints,
  patchRunEndpoints,
} from '@patchgate/contracts';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Api } from './api.js';
import { goodPassword, unique, uniqueAddress } from './names.js';
import { layOutJob } from './seeded-jobs.js';
import type { SeededStates } from './seeded-jobs.js';

/** What the addresses of some pages are made of. */
export interface Seen {
  groupId: string;
  hostId: string;
  /** A check of that host, with a stored password. */
  checkId: string;
  jobId: string;
  /** A run of that job that waits at its gate. */
  runId: string;
}

export interface PageAddress {
  name: string;
  path: (seen: Seen) => string;
  /** The heading that says that the page is there. */
  heading: string | RegExp;
}

const everyState: SeededStates = [
  ...(['succeeded', 'waiting', 'regressed', 'running', 'verifying', 'cancelled'] as const),
  ...(['indeterminate', 'batch_wait', 'check_error'] as const),
];

const nobody = '00000000-0000-7000-8000-000000000000';

/** Every page there is, and what stands where none is. */
export const pages: readonly PageAddress[] = [
  { name: 'sign-in', path: () => '/sign-in', heading: 'Sign in' },
  { name: 'setup', path: () => '/setup', heading: 'Patchgate is set up' },
  { name: 'overview', path: () => '/', heading: 'Overview' },
  { name: 'hosts', path: () => '/hosts', heading: 'Hosts' },
  { name: 'hosts-none', path: () => '/hosts?q=no-such-host', heading: 'Hosts' },
  { name: 'add-host', path: () => '/hosts?dialog=add', heading: 'Hosts' },
  { name: 'host', path: ({ hostId }) => `/hosts/${hostId}`, heading: /./ },
  { name: 'host-add-check', path: ({ hostId }) => `/hosts/${hostId}?check=new`, heading: /./ },
  {
    name: 'host-edit-check',
    path: ({ hostId, checkId }) => `/hosts/${hostId}?check=${checkId}`,
    heading: /./,
  },
  { name: 'host-missing', path: () => `/hosts/${nobody}`, heading: 'There is no such host' },
  { name: 'groups', path: () => '/groups', heading: 'Groups' },
  { name: 'group', path: ({ groupId }) => `/groups/${groupId}`, heading: /./ },
  { name: 'group-missing', path: () => `/groups/${nobody}`, heading: 'There is no such group' },
  { name: 'windows', path: ({ groupId }) => `/windows?group=${groupId}`, heading: 'Maintenance windows' },
  {
    name: 'windows-list',
    path: ({ groupId }) => `/windows?view=list&group=${groupId}`,
    heading: 'Maintenance windows',
  },
  { name: 'windows-none', path: () => '/windows?q=no-such-window', heading: 'Maintenance windows' },
  { name: 'add-window', path: () => '/windows?dialog=maintenance', heading: 'Maintenance windows' },
  { name: 'add-blackout', path: () => '/windows?dialog=blackout', heading: 'Maintenance windows' },
  {
    name: 'deploy',
    path: ({ groupId }) => `/deploy?group=${groupId}`,
    heading: 'Deploy patches',
  },
  {
    name: 'deploy-packages',
    path: ({ groupId }) => `/deploy?group=${groupId}&step=packages`,
    heading: 'Deploy patches',
  },
  {
    name: 'deploy-when',
    path: ({ groupId }) => `/deploy?group=${groupId}&step=when`,
    heading: 'Deploy patches',
  },
  {
    name: 'deploy-roll-out',
    path: ({ groupId }) => `/deploy?group=${groupId}&step=roll-out`,
    heading: 'Deploy patches',
  },
  {
    name: 'deploy-review',
    path: ({ groupId }) => `/deploy?group=${groupId}&step=review`,
    heading: 'Deploy patches',
  },
  { name: 'deploy-empty', path: () => '/deploy?step=review', heading: 'Deploy patches' },
  { name: 'jobs', path: () => '/jobs', heading: 'Jobs' },
  { name: 'job', path: ({ jobId }) => `/jobs/${jobId}`, heading: /./ },
  { name: 'job-run', path: ({ jobId, runId }) => `/jobs/${jobId}?run=${runId}`, heading: /./ },
  { name: 'job-missing', path: () => `/jobs/${nobody}`, heading: 'There is no such job' },
  { name: 'jobs-none', path: () => '/jobs?q=no-such-job', heading: 'Jobs' },
  { name: 'agents', path: () => '/agents', heading: 'Agents' },
  { name: 'agents-enrol', path: () => '/agents?dialog=enrol', heading: 'Agents' },
  { name: 'agent-tokens', path: () => '/agents/tokens', heading: 'Agents' },
  { name: 'agent-certificates', path: () => '/agents/certificates', heading: 'Agents' },
  { name: 'users', path: () => '/users', heading: 'Users' },
  { name: 'audit', path: () => '/audit', heading: 'Audit log' },
  { name: 'account', path: () => '/account', heading: 'Your account' },
  { name: 'sessions', path: () => '/account/sessions', heading: 'Your account' },
  { name: 'api-tokens', path: () => '/account/api-tokens', heading: 'Your account' },
  { name: 'missing', path: () => '/no-such-page', heading: 'There is no such page' },
];

/** Lays out a group with a host, a check and windows, and an agent that wants to be one, so that no page is empty. */
export async function layOut(api: Api): Promise<Seen> {
  const group = await api.group(unique('seen'));
  const host = await api.host(`${unique('seen')}.example.org`, uniqueAddress(), [group.id]);
  const { id: checkId } = await api.call(healthCheckEndpoints.create, {
    params: { id: host.id },
    body: {
      ...{ check_type: 'http', name: 'Page answers', url: `https://${host.address}/health` },
      ...{ expected_body: 'ready', basic_auth_user: 'probe', basic_auth_pass: goodPassword },
    },
  });
  for (const kind of ['maintenance', 'blackout'] as const) {
    const name = unique(kind);
    await api.window({ name, kind, group_id: group.id, duration_minutes: kind === 'blackout' ? 60 : 1440 });
  }
  const { total } = await api.call(enrollmentEndpoints.list, { query: {} });
  if (total === 0) await api.enrol({}, group.id);
  await api.call(enrollmentTokenEndpoints.create, { body: {} });
  return { groupId: group.id, hostId: host.id, checkId, ...(await findOrLayOutJob(api)) };
}

/** One for all pages: its hosts would crowd the lists of the others. */
async function findOrLayOutJob(api: Api): Promise<Pick<Seen, 'jobId' | 'runId'>> {
  const name = 'Every state';
  const { items } = await api.call(patchJobEndpoints.list, { query: { q: name } });
  const jobId =
    items[0]?.id ??
    (await layOutJob(api, name, everyState, { canary: 1, batchSize: 4, paused: 'person' })).id;
  const waiting = { params: { id: jobId }, query: { status: 'waiting_health_check' as const } };
  const runs = await api.call(patchRunEndpoints.list, waiting);
  return { jobId, runId: runs.items[0]?.id ?? '' };
}

/** Opens a page and waits until nothing of it is a placeholder any more. */
export async function openPage(page: Page, { path, heading }: PageAddress, seen: Seen): Promise<void> {
  await page.goto(path(seen));
  // A dialog hides the page behind it from readers, not from the eye.
  await expect(page.getByRole('heading', { level: 1, name: heading, includeHidden: true })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
