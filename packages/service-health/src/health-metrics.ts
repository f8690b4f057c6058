import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

import type { HealthStatus } from './health-check.js';
import type { ServiceHealth } from './service-health.js';

/**
 * The metrics of one process, in a registry of its own: prom-client's default ones (CPU, memory, event-loop lag,
 * garbage collection) and `service_health_status{check}`. The owner adds its metrics with `registers: [registry]`.
 */
export function healthMetrics(health: Pick<ServiceHealth, 'read'>): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'service_health_status',
    help: 'Latest status of each health check: 1 healthy, 0.5 degraded, 0 unhealthy.',
    labelNames: ['check'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [check, { status }] of Object.entries(health.read().body.checks)) {
        this.set({ check }, statusValue(status));
      }
    },
  });
  return registry;
}

function statusValue(status: HealthStatus): number {
  switch (status) {
    case 'healthy':
      return 1;
    case 'degraded':
      return 0.5;
    case 'unhealthy':
      return 0;
  }
}
