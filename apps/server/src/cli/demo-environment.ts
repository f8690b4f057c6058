import { randomInt } from 'node:crypto';
import { ConfigError } from '../config/config-error.js';

/** What a real installation is told with: a demo that listened to it would work on that installation's data. */
const ofRealOnes = ['DATABASE_URL', 'PATCHGATE_MIGRATION_DATABASE_URL', 'PATCHGATE_KEY_DIR'];

/** Faster than a real installation, so that nobody who looks has to wait for minutes; the banner says so. */
const pace = {
  PATCHGATE_POLL_INTERVAL_SECONDS: '60',
  PATCHGATE_CHECK_TIMEOUT_MS: '5000',
  PATCHGATE_GATE_RETRY_SECONDS: '15',
  PATCHGATE_VERIFY_EVERY_SECONDS: '2',
  PATCHGATE_VERIFY_MINUTES: '2',
};

const words = [
  ...['amber', 'harbour', 'lantern', 'meadow', 'copper', 'willow', 'granite', 'orchard', 'falcon', 'cedar'],
  ...['violet', 'summit', 'anchor', 'maple', 'pebble', 'saffron', 'thunder', 'velvet', 'walnut', 'zephyr'],
];

/** Readable, and long enough for the rules; a new one for each demo, for a demo can be reached by others too. */
const newPassword = (): string =>
  [...Array.from({ length: 4 }, () => words[randomInt(words.length)]), randomInt(1000, 10_000)].join('-');

/**
 * The environment of `start --demo`, made of the one it was given.
 *
 * @throws ConfigError when that is the one of a real installation
 */
export function demoEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  for (const name of ofRealOnes) {
    const isGiven = given[name] !== undefined && given[name] !== '';
    if (isGiven) throw new ConfigError(name, 'a value', 'nothing with --demo, which brings its own');
  }
  return {
    PATCHGATE_DATA_DIR: '.patchgate-demo',
    PATCHGATE_ADMIN_USERNAME: 'demo',
    PATCHGATE_ADMIN_PASSWORD: newPassword(),
    PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
    PATCHGATE_MANAGEMENT_PORT: '0',
    PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
    ...given,
    ...pace,
  };
}
