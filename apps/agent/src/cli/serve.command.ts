import { readConfig } from '../config/read-config.js';
import { startAgent } from '../agent/start-agent.js';
import { createLogger } from '../platform/logger.js';

/** Serves until a signal asks for the end; then requests under way are finished and package transactions left alone. */
export async function serve(process: NodeJS.Process, file: string): Promise<number> {
  const config = await readConfig(file);
  const log = createLogger(config.log_level);
  const ended = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  const agent = await startAgent({ config, log, process });
  process.on('SIGHUP', () => void agent.reload());
  const signal = await ended;
  log.info({ signal }, 'agent stops');
  await agent.stop();
  log.info({}, 'agent stopped');
  return 0;
}
