import { healthCheckEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import type { Client } from 'pg';
import type { Api } from '../api.js';

interface SampleCheck {
  body: BodyOf<typeof healthCheckEndpoints.create>;
  latencyMs: number;
  /** Spans of time, hours ago: when it failed and when nobody asked. */
  failed: readonly (readonly [fromHour: number, toHour: number])[];
  missed?: readonly [fromHour: number, toHour: number];
  reason?: string;
  detail?: string;
}

const address = '10.20.4.17';
const rebooted = [73.4, 73.2] as const;

/** What watches the host the pictures tell about. The last two are failing now. */
const sampleChecks: readonly SampleCheck[] = [
  {
    body: { check_type: 'service', name: 'nginx runs', service_name: 'nginx' },
    latencyMs: 41,
    failed: [rebooted],
  },
  {
    body: { check_type: 'service', name: 'PHP runs', service_name: 'php8.2-fpm.service' },
    latencyMs: 38,
    failed: [rebooted],
  },
  {
    body: {
      ...{ check_type: 'http', name: 'Storefront answers', url: `https://${address}/healthz` },
      ...{ expected_body: '"status":"ok"', basic_auth_user: 'probe', basic_auth_pass: 'not shown anywhere' },
    },
    latencyMs: 388,
    failed: [rebooted, [43, 40.5], [24.2, 23.8], [0.7, 0]],
    reason: 'status',
    detail: 'HTTP 503',
  },
  {
    body: { check_type: 'fastcgi', name: 'PHP-FPM ping', target_host: address },
    latencyMs: 10_000,
    failed: [rebooted, [42.6, 41.4], [0.32, 0]],
    reason: 'pool_busy',
    detail: 'connected, but no worker of the pool answered in time',
  },
  {
    body: {
      ...{ check_type: 'tcp', name: 'Redis with TLS', target_host: address, target_port: 6380 },
      ...{ use_tls: true, use_client_cert: true },
    },
    latencyMs: 12,
    failed: [rebooted],
    missed: [57, 54.5],
  },
];

export async function addSampleChecks(api: Api, hostId: string): Promise<string[]> {
  const ids: string[] = [];
  for (const { body } of sampleChecks) {
    ids.push((await api.call(healthCheckEndpoints.create, { params: { id: hostId }, body })).id);
  }
  return ids;
}

/** Writes what polling would have written in four days. */
export async function writeSampleHistory(client: Client, checkIds: readonly string[]): Promise<void> {
  await client.query(`SELECT add_result_partitions(now() - interval '97 hours', now() + interval '2 hours')`);
  for (const [index, checkId] of checkIds.entries()) {
    const check = sampleChecks[index];
    if (check !== undefined) await writeResults(client, checkId, check);
  }
}

async function writeResults(client: Client, checkId: string, check: SampleCheck): Promise<void> {
  const { failed, latencyMs, missed = [0, 0], reason = 'timeout', detail = 'no complete answer' } = check;
  await client.query(`UPDATE host_health_checks SET created_at = now() - interval '40 days' WHERE id = $1`, [
    checkId,
  ]);
  await client.query(
    `INSERT INTO host_health_check_results
     SELECT $1::uuid, now() - hours * interval '1 hour', NOT failing, false,
       CASE WHEN failing THEN $4::text ELSE 'ok' END, CASE WHEN failing THEN $5::text END, $6::int
     FROM (SELECT minutes / 60.0 AS hours FROM generate_series(2, 96 * 60, 5) AS minutes) AS asked,
       LATERAL (SELECT coalesce(bool_or(hours BETWEEN until AND since), false)
         FROM unnest($2::float[], $3::float[]) AS span(since, until)) AS found(failing)
     WHERE NOT (hours < $7::float AND hours > $8::float)`,
    [checkId, failed.map(([from]) => from), failed.map(([, to]) => to), reason, detail, latencyMs, ...missed],
  );
  const isFailing = failed.some(([, to]) => to === 0);
  await client.query(
    `UPDATE health_check_state SET status = $2, since = now() - interval '1 hour', last_reason = $3, last_detail = $4,
       last_latency_ms = $5, last_result_at = now() - interval '2 minutes' WHERE check_id = $1`,
    [
      checkId,
      isFailing ? 'unhealthy' : 'healthy',
      isFailing ? reason : 'ok',
      isFailing ? detail : '',
      latencyMs,
    ],
  );
}
