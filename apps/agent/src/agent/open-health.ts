import {
  Activity,
  bindWithRetry,
  eventLoopCheck,
  healthMetrics,
  listenerCheck,
  ListenerWatch,
  memoryCheck,
  ServiceHealth,
  startManagementListener,
} from '@patchgate/service-health';

import type { AgentContext } from '../routes/agent-context.js';
import { abilityCheck, certificateCheck } from './agent-checks.js';
import type { AgentOptions } from './agent-options.js';

/** The agent's own health, and the listener that tells it on loopback. */
export async function openHealth({
  config,
  log,
  process,
  context,
}: AgentOptions & { context: AgentContext }) {
  const { clock, trust } = context;
  const activity = new Activity(clock);
  const health = new ServiceHealth({ clock, log, readFacts: () => activity.read() });
  const watch = new ListenerWatch();
  const eventLoop = eventLoopCheck();
  const checks = [
    listenerCheck(watch),
    memoryCheck(process),
    eventLoop,
    certificateCheck(trust, clock),
    abilityCheck(context),
  ];
  for (const check of checks) health.registry.add(check);
  health.start();
  const management = await startManagementListener({
    host: config.management.address,
    port: config.management.port,
    health,
    metrics: healthMetrics(health),
    log,
  });
  const stopped = new AbortController();
  return {
    activity,
    /** Binds the main listener, again and again while another process holds its port. */
    bind: async (bind: () => Promise<{ host: string; port: number }>) => {
      let port: number | null = null;
      const bound = async () => {
        const address = await bind();
        ({ port } = address);
        return { ...address, host: address.host === '0.0.0.0' ? '127.0.0.1' : address.host };
      };
      await bindWithRetry({ bind: bound, watch, health, log, signal: stopped.signal });
      health.serving();
      return port;
    },
    draining: () => health.draining(),
    unbind: async (close: () => Promise<void>) => {
      stopped.abort();
      watch.closed();
      await close();
    },
    close: async () => {
      await management.close();
      health.stop();
      eventLoop.close();
    },
  };
}
