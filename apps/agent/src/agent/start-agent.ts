import { AddressList } from '../http/address-list.js';
import { answerRequest } from '../http/answer-request.js';
import { RateLimit } from '../http/rate-limit.js';
import { RevocationUpdates } from '../manager-link/revocation-updates.js';
import { agentRoutes } from '../routes/routes.js';
import { SecureListener } from '../tls/secure-listener.js';
import { version } from '../version.js';
import type { AgentOptions } from './agent-options.js';
import { openAgent } from './open-agent.js';
import { openHealth } from './open-health.js';
import { watchCertificates } from './watch-certificates.js';

export interface RunningAgent {
  /** Reads certificates and the list of revoked ones anew. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws ConfigError and what opening files or ports throws; then nothing listens */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const { config, log } = options;
  const { context, driver, clock, close, onRenewed } = await openAgent(options);
  const { trust, reservation } = context;
  const limits = config.rate_limit;
  const limit = new RateLimit({
    readsPerMinute: limits.reads_per_minute,
    writesPerMinute: limits.writes_per_minute,
  });
  const services = { routes: agentRoutes(context), limit, clock, log };
  const listener = new SecureListener({
    trust,
    log,
    allowed: new AddressList(config.allow),
    answer: (request, certificate) => {
      health.activity.connectionSeen();
      return answerRequest(request, certificate, services);
    },
  });
  const health = await openHealth({ ...options, context });
  onRenewed(() => listener.renew());
  const { address } = config.listen;
  const bound = health.bind(async () => ({
    host: address,
    port: await listener.listen(address, config.listen.port),
  }));
  const updates = new RevocationUpdates({ managerUrl: config.manager_url, trust, clock, log });
  const watch = watchCertificates(trust, { log, onChanged: () => listener.renew() });
  driver.resume();
  await reservation.resume();
  void updates.run();
  void bound.then((port) => log.info({ address, port, version, lacks: context.lacks() }, 'agent ready'));
  return {
    reload: () => watch.reload(),
    stop: async () => {
      health.draining();
      watch.stop();
      updates.stop();
      reservation.stop();
      await health.unbind(() => listener.close());
      driver.stop();
      await close();
      await health.close();
    },
  };
}
