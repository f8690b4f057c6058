import type { HealthStatus } from './health-check.js';
import type { HealthReading } from './health-reading.js';
import type { Log } from './log.port.js';

/** Writes one log line per change of health, readiness or life, and none while nothing changes. */
export class HealthChanges {
  #health = 'healthy:';
  #isReady = false;
  #isLive = true;

  constructor(private readonly log: Log) {}

  observe(reading: HealthReading): void {
    // Before every check has answered once there is nothing to compare with; what a draining process closes is no news.
    if (!reading.isPending && reading.lifecycle !== 'draining') this.#observeHealth(reading);
    if (reading.isReady !== this.#isReady) {
      this.#isReady = reading.isReady;
      if (reading.isReady) this.log.info({}, 'ready');
      else this.log.warn({ reasons: reading.notReady }, 'not ready');
    }
    if (reading.isLive !== this.#isLive) {
      this.#isLive = reading.isLive;
      if (reading.isLive) this.log.info({}, 'live again');
      else this.log.error({ reasons: reading.notLive }, 'not live');
    }
  }

  #observeHealth({ body }: HealthReading): void {
    const failing = Object.entries(body.checks).filter(([, check]) => check.status !== 'healthy');
    // Not the reasons: one that flickers between two codes is one outage.
    const health = `${body.status}:${failing.map(([name, { status }]) => `${name}=${status}`).join()}`;
    if (health === this.#health) return;
    this.#health = health;
    const reasons = failing.map(([name, { reason }]) => `${name}: ${reason ?? 'unspecified'}`);
    this.#write(body.status, reasons);
  }

  #write(status: HealthStatus, reasons: readonly string[]): void {
    switch (status) {
      case 'healthy':
        this.log.info({}, 'health healthy');
        return;
      case 'degraded':
        this.log.warn({ reasons }, 'health degraded');
        return;
      case 'unhealthy':
        this.log.warn({ reasons }, 'health unhealthy');
        return;
    }
  }
}
