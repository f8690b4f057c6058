import { bindWithRetry, ListenerWatch } from '@patchgate/service-health';

import type { Settings } from './config/read-settings.js';
import { readSettings } from './config/read-settings.js';
import { SettingsError } from './config/settings-error.js';
import { Answerer, mostQuestions } from './front/answer-request.js';
import { Destination } from './front/destination.js';
import { FrontListener } from './front/front-listener.js';
import { createLogger } from './logger.js';

/**
 * Serves until a signal asks for the end.
 *
 * @returns the exit code
 */
export async function runFront(process: NodeJS.Process): Promise<number> {
  let settings: Settings;
  try {
    settings = readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`fastcgi-health: ${error.message}\n`);
    return 1;
  }
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  await serve(settings, stopping.signal);
  return 0;
}

async function serve(settings: Settings, signal: AbortSignal): Promise<void> {
  const log = createLogger(settings.logLevel);
  const listener = new FrontListener(new Answerer(new Destination(settings, mostQuestions), log));
  const { host, port } = settings.server;
  const bind = async () => ({ host, port: await listener.listen(host, port) });
  const watch = new ListenerWatch();
  // That it answers at all is the whole of its own health: there is no snapshot to keep.
  const health = { refresh: () => Promise.resolve() };
  if (!(await bindWithRetry({ bind, watch, health, log, signal, retryEveryMs: 1_000 }))) return;
  const { state } = watch;
  if (state.kind === 'bound') {
    log.info({ address: `${host.includes(':') ? `[${host}]` : host}:${state.port}` }, 'listening');
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  log.debug({}, 'stopping');
  await listener.close();
  log.debug({}, 'stopped');
}
