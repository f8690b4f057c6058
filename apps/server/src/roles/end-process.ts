import { ConfigError } from '../config/config-error.js';

/** Draining takes 25 s at most; what has not ended by then is ended. */
const hardStopMs = 25_000;

/**
 * Waits for a role to end and makes its exit code: 0 after a stop, 78 for configuration that cannot be used, else 1.
 * A process whose parent has died stops as if it had been told to.
 */
export async function endProcess(process: NodeJS.Process, role: Promise<void>): Promise<never> {
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => setTimeout(() => process.exit(1), hardStopMs).unref());
  }
  try {
    await role;
    process.exit(0);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') process.exit(0);
    process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    process.exit(error instanceof ConfigError ? ConfigError.exitCode : 1);
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
