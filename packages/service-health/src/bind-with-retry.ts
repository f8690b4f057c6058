import { setTimeout as delay } from 'node:timers/promises';

import type { ListenerWatch } from './listener-watch.js';
import type { Log } from './log.port.js';
import { publicCode } from './public-code.js';
import type { ServiceHealth } from './service-health.js';

export interface BindOptions {
  /** Binds the listener and tells where; called again after each rejection. */
  bind: () => Promise<{ host: string; port: number }>;
  watch: ListenerWatch;
  health: Pick<ServiceHealth, 'refresh'>;
  log: Log;
  /** Ends the attempts. */
  signal: AbortSignal;
  /** Default 5 s. */
  retryEveryMs?: number;
}

/**
 * Binds the main listener, again and again until it succeeds: another process may still hold the port for a moment.
 * Meanwhile the health says `listener: bind_failed`.
 *
 * @returns whether it is bound; false only when `signal` ended the attempts.
 */
export async function bindWithRetry(options: BindOptions): Promise<boolean> {
  const { bind, watch, health, log, signal, retryEveryMs = 5000 } = options;
  while (!signal.aborted) {
    try {
      watch.bound(await bind());
      await health.refresh();
      return true;
    } catch (error) {
      watch.bindFailed();
      log.error({ code: publicCode(error), err: error, retryEveryMs }, 'listener bind failed');
    }
    await health.refresh();
    // The only rejection is the abort, which the loop's condition sees.
    await delay(retryEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
