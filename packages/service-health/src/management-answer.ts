import type { Registry } from 'prom-client';

import type { HealthReading } from './health-reading.js';
import type { ReadinessReaders } from './readiness-readers.js';
import type { ServiceHealth } from './service-health.js';

/** What the management listener serves. */
export const MANAGEMENT_PATHS = ['/health', '/ready', '/live', '/healthz', '/metrics'] as const;
type ManagementPath = (typeof MANAGEMENT_PATHS)[number];

export interface ManagementAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface ManagementSources {
  health: Pick<ServiceHealth, 'read'>;
  metrics: Registry;
  /** Told of each answer about readiness. */
  readers?: Pick<ReadinessReaders, 'answered'>;
}

/**
 * Answers one management request from the snapshot: GET and HEAD, 405 for other methods, 404 for other paths.
 *
 * @param target the request target, whose query is ignored.
 * @throws what a metric's `collect` throws, on `/metrics` alone.
 */
export async function answerManagement(
  request: { method: string; target: string },
  { health, metrics, readers }: ManagementSources,
): Promise<ManagementAnswer> {
  const pathname = request.target.split('?', 1)[0];
  const path = MANAGEMENT_PATHS.find((known) => known === pathname);
  if (path === undefined) return plain(404, 'not found\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plain(405, 'method not allowed\n', { allow: 'GET, HEAD' });
  }
  if (path === '/metrics') {
    return answer(200, metrics.contentType, await metrics.metrics());
  }
  const reading = health.read();
  if (path === '/ready' || path === '/healthz') readers?.answered(reading.isReady);
  return answerHealth(path, reading);
}

function answerHealth(path: Exclude<ManagementPath, '/metrics'>, reading: HealthReading): ManagementAnswer {
  const isGood = { '/health': reading.body.status !== 'unhealthy', '/live': reading.isLive };
  const { isReady } = reading;
  const good = { ...isGood, '/ready': isReady, '/healthz': isReady }[path];
  return answer(good ? 200 : 503, 'application/json; charset=utf-8', `${JSON.stringify(reading.body)}\n`);
}

function plain(status: number, body: string, headers: Record<string, string> = {}): ManagementAnswer {
  const { headers: own, ...rest } = answer(status, 'text/plain; charset=utf-8', body);
  return { ...rest, headers: { ...own, ...headers } };
}

function answer(status: number, contentType: string, body: string): ManagementAnswer {
  const headers = {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    // SEC-H1. Without HSTS: this listener speaks plain HTTP, where RFC 6797, 7.2 forbids it.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  };
  return { status, headers, body };
}
