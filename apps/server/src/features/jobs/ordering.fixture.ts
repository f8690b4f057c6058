import type { JobPreviewView, PatchJobView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import type { Reply, TestApi, TestCaller } from '../../api.fixture.js';
import { addHost } from '../health-checks/checks.fixture.js';

type Health = 'healthy' | 'unhealthy' | 'unknown' | 'none';

export interface FleetHost {
  readonly groupIds?: readonly string[];
  readonly health?: Health;
  readonly agent?: 'connected' | 'unreachable' | 'not_enrolled';
  readonly patches?: readonly { name: string; security?: boolean | null; reboot?: boolean }[];
}

/** A host as polls of its checks and its agent would have left it. */
export async function addFleetHost(api: TestApi, host: FleetHost = {}): Promise<string> {
  const { groupIds = [], health = 'healthy', agent = 'connected', patches } = host;
  const id = await addHost(api, groupIds);
  const db = api.app.get(DataSource);
  const total = health === 'none' ? 0 : 2;
  const ill = { healthy: [2, 0, 0], unhealthy: [1, 1, 0], unknown: [1, 0, 1], none: [0, 0, 0] }[health];
  await db.query(
    `UPDATE host_health SET health_check_status = $2, fresh_until = now() + interval '10 minutes', checks_total = $3,
       checks_healthy = $4, checks_unhealthy = $5, checks_unknown = $6 WHERE host_id = $1`,
    [id, health, total, ...ill],
  );
  await db.query('UPDATE hosts SET agent_status = $2 WHERE id = $1', [id, agent]);
  if (patches) {
    await db.query('INSERT INTO host_agents (host_id, phase, inventory_at) VALUES ($1, 0, now())', [id]);
    for (const { name, security = false, reboot = false } of patches)
      await db.query(
        'INSERT INTO host_patches (host_id, name, security, requires_reboot) VALUES ($1, $2, $3, $4)',
        [id, name, security, reboot],
      );
  }
  return id;
}

const minuteMs = 60_000;

/** When something begins, in minutes from now, and how long it is, as a window that occurs once. */
export async function addWindow(
  api: TestApi,
  scope: { host_id: string } | { group_id: string },
  { inMinutes, minutes, ...rest }: { inMinutes: number; minutes: number; kind?: 'maintenance' | 'blackout' },
): Promise<string> {
  const starts = new Date(Date.now() + inMinutes * minuteMs);
  const { id } = await api.admin.post('/maintenance-windows', {
    ...{
      name: 'a window',
      time_zone: 'UTC',
      starts_at: starts.toISOString().slice(0, 16),
      kind: 'maintenance',
    },
    ...{ duration_minutes: minutes, recurrence: { freq: 'once' }, ...scope, ...rest },
  });
  return id as string;
}

export const orderOf = (host_ids: readonly string[], rest: object = {}): object => ({
  ...{ host_ids, selection: 'all', schedule: 'now', ...rest },
});

export const order = (caller: TestCaller, body: object): Promise<Reply> =>
  caller.call('/patch-jobs', { method: 'POST', body });

export const ordered = async (caller: TestCaller, body: object): Promise<PatchJobView> =>
  (await caller.post('/patch-jobs', body)) as unknown as PatchJobView;

export const previewed = async (caller: TestCaller, body: object): Promise<JobPreviewView> =>
  (await caller.post('/patch-jobs/preview', body)) as unknown as JobPreviewView;
