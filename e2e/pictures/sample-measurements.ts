import type { Client } from 'pg';
import { waitUntil } from '../../tests/wait-until.js';
import { connectAsWorker } from '../worker-database.js';
import { writeSampleHistory } from './sample-checks.js';

interface SampleHost {
  id: string;
  name: string;
  /** As `Debian 12.13`. */
  system: string;
}

/** Checks that pass, fail and have no fresh result; the hosts not named here pass all of theirs. */
const checks: Record<string, readonly [healthy: number, unhealthy: number, unknown: number]> = {
  'shop-web-07': [3, 2, 0],
  'shop-web-12': [3, 1, 0],
  'pg-fra-03': [2, 1, 0],
  'erp-app-04': [3, 1, 0],
  'kafka-ams-02': [2, 1, 0],
  'vpn-gw-02': [1, 1, 0],
  'edge-lon-05': [0, 0, 3],
  'edge-lon-06': [0, 0, 3],
  'gitlab-02': [2, 0, 1],
  'erp-app-05': [0, 0, 0],
  'build-10': [0, 0, 0],
  'build-11': [0, 0, 0],
  'printer-01': [0, 0, 0],
};
const unreachable = new Set(['edge-lon-05', 'edge-lon-06']);
const notEnrolled = new Set(['build-11', 'printer-01']);

/**
 * Writes what agents and checks would have reported, as the worker's role, into the database of a running server.
 *
 * @param checkIds the checks that get a history
 */
export async function writeMeasurements(
  dataDirectory: string,
  hosts: readonly SampleHost[],
  checkIds: readonly string[],
): Promise<void> {
  const client = await connectAsWorker(dataDirectory);
  try {
    // The names of the pictures lead nowhere: what the worker would find of them is not what they show.
    await client.query('UPDATE host_health SET next_poll_at = NULL');
    await waitUntil(() => nothingIsPolled(client), { timeoutMs: 60_000, everyMs: 250 });
    for (const [index, host] of hosts.entries()) {
      if (!notEnrolled.has(host.name)) await writeFacts(client, host, index);
      await writeHealth(client, host, index);
    }
    await writeSampleHistory(client, checkIds);
  } finally {
    await client.end();
  }
}

/** What is under way is written when it ends, over whatever stands there by then. */
async function nothingIsPolled(client: Client): Promise<void> {
  const { rows } = await client.query('SELECT FROM host_health WHERE lease_until > now()');
  if (rows.length > 0) throw new Error(`${rows.length} hosts are still polled`);
}

async function writeFacts(client: Client, { id, name, system }: SampleHost, index: number): Promise<void> {
  const [os = '', version = ''] = system.split(' ');
  await client.query(
    `UPDATE hosts SET os = $2, os_version = $3, kernel = $4, architecture = 'x86_64', agent_version = $5,
       agent_status = $6, pending_reboot = $7,
       patches_total = $8, patches_security = $9, created_at = now() - $10 * interval '1 day' WHERE id = $1`,
    [
      id,
      os,
      version,
      '6.1.0-41-amd64',
      index % 9 === 4 ? '1.7.9' : '1.8.2',
      unreachable.has(name) ? 'unreachable' : 'connected',
      index % 3 === 0,
      12 + ((index * 5) % 27),
      index % 4 === 3 ? 0 : 1 + ((index * 3) % 11),
      40 + index * 3,
    ],
  );
  await client.query(
    `INSERT INTO host_agents (host_id, phase, last_seen_at)
       SELECT host_id, phase, now() - $2 * interval '1 second' FROM host_health WHERE host_id = $1`,
    [id, unreachable.has(name) ? 1940 + index : (index * 7) % 55],
  );
}

async function writeHealth(client: Client, { id, name }: SampleHost, index: number): Promise<void> {
  const [healthy, unhealthy, unknown] = checks[name] ?? [2 + (index % 4), 0, 0];
  const total = healthy + unhealthy + unknown;
  const status = unhealthy > 0 ? 'unhealthy' : unknown > 0 ? 'unknown' : total > 0 ? 'healthy' : 'none';
  await client.query(
    `UPDATE host_health SET health_check_status = $2, since = now() - interval '3 hours',
       fresh_until = CASE WHEN $3::int > 0 THEN now() + interval '1 hour' END, checks_total = $3,
       checks_healthy = $4, checks_unhealthy = $5, checks_unknown = $6 WHERE host_id = $1`,
    [id, status, total, healthy, unhealthy, unknown],
  );
}
