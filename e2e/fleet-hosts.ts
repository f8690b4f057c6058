import { maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { HostView } from '@patchgate/contracts';
import type { Api } from './api.js';
import { unique, uniqueAddress } from './names.js';
import { connectAsWorker } from './worker-database.js';

interface FleetHost {
  stem?: string;
  groupId?: string;
  health?: 'healthy' | 'unhealthy' | 'none';
  agent?: 'connected' | 'not_enrolled';
  packages?: readonly { name: string; security: boolean }[];
}

/** A host as polls of its checks and its agent would have left it; nobody polls it, so that it stays so. */
export async function fleetHost(api: Api, host: FleetHost = {}): Promise<HostView> {
  const { stem = 'fleet', groupId, health = 'healthy', agent = 'connected', packages = [] } = host;
  const groups = groupId === undefined ? [] : [groupId];
  const made = await api.host(`${unique(stem)}.example.org`, uniqueAddress(), groups);
  const client = await connectAsWorker(process.env.PATCHGATE_E2E_DATA_DIR ?? '');
  try {
    const [total, healthy, unhealthy] = { healthy: [2, 2, 0], unhealthy: [2, 1, 1], none: [0, 0, 0] }[health];
    await client.query(
      `UPDATE host_health SET next_poll_at = NULL, lease_until = NULL, fence = fence + 1, health_check_status = $2,
         fresh_until = now() + interval '1 hour', checks_total = $3, checks_healthy = $4, checks_unhealthy = $5,
         checks_unknown = 0 WHERE host_id = $1`,
      [made.id, health, total, healthy, unhealthy],
    );
    await client.query('UPDATE hosts SET agent_status = $2 WHERE id = $1', [made.id, agent]);
    if (agent === 'connected')
      await client.query('INSERT INTO host_agents (host_id, phase, inventory_at) VALUES ($1, 0, now())', [
        made.id,
      ]);
    for (const { name, security } of packages)
      await client.query('INSERT INTO host_patches (host_id, name, security) VALUES ($1, $2, $3)', [
        made.id,
        name,
        security,
      ]);
  } finally {
    await client.end();
  }
  return made;
}

const minuteMs = 60_000;

/** A window that occurs once, far enough away that nothing starts while a test looks. */
export async function windowTomorrow(api: Api, groupId: string): Promise<void> {
  const starts = new Date(Date.now() + 24 * 60 * minuteMs);
  await api.call(maintenanceWindowEndpoints.create, {
    body: {
      ...{ name: unique('night'), group_id: groupId, time_zone: 'UTC', duration_minutes: 120 },
      ...{ starts_at: starts.toISOString().slice(0, 16), recurrence: { freq: 'once' } },
    },
  });
}
