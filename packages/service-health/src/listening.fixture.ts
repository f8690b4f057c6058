import { onTestFinished } from 'vitest';

import { healthMetrics } from './health-metrics.js';
import type { ManagementListenerOptions } from './management-listener.js';
import { startManagementListener } from './management-listener.js';
import { RecordedLog } from './recorded-log.fixture.js';
import type { ServiceHealth } from './service-health.js';

/** A management listener on a free loopback port until the test ends. */
export async function listening(health: ServiceHealth, options: Partial<ManagementListenerOptions> = {}) {
  const log = new RecordedLog();
  const metrics = healthMetrics(health);
  const listener = await startManagementListener({
    ...{ health, metrics, log, host: '127.0.0.1', port: 0 },
    ...options,
  });
  onTestFinished(() => listener.close());
  return { listener, log, metrics, url: `http://127.0.0.1:${listener.port}` };
}
