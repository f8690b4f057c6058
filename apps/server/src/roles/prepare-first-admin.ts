import { ConfigError } from '../config/config-error.js';
import type { SetupService } from '../features/accounts/setup.service.js';
import { AppError } from '../platform/app-error.js';
import type { Service } from './service.js';

/**
 * Makes the administrator the environment names, or the token that makes one in the browser; neither when there is
 * somebody already.
 *
 * @throws ConfigError when the password of the environment is refused
 */
export async function prepareFirstAdmin(
  setup: SetupService,
  { config, logger }: Pick<Service, 'config' | 'logger'>,
  print: (line: string) => void,
): Promise<void> {
  try {
    if (config.firstAdmin && (await setup.createUnattended(config.firstAdmin)))
      logger.info({}, 'first administrator created');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ConfigError(
      'PATCHGATE_ADMIN_PASSWORD',
      'a value that is not shown',
      `a password that is accepted; this one ${error.message}`,
    );
  }
  const token = await setup.issueToken();
  // Printed, not logged: logs are kept and shipped, and this is a secret until it is used (SEC-L5).
  if (token !== null) print(`${JSON.stringify({ setup_token: token })}\n`);
}
