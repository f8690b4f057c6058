import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { ConfigError } from './config-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** No URL and no password is that long; what is may be a device that never ends. */
const mostBytes = 16_384;

export const fileVariable = (name: string): string => `${name}_FILE`;

/**
 * The value of a variable that holds a secret, which may stand in a file named by the variable with `_FILE` after it:
 * what is in the environment, everybody reads who may look at the process, and what is in a file its user alone.
 * Blanks around it are not part of it, because editors end files with a newline.
 *
 * @throws ConfigError when both are given, or the file has nothing to give
 */
export function readSecret(environment: Environment, name: string): string | undefined {
  const [given, file] = [environment[name], environment[fileVariable(name)]];
  if (file === undefined || file === '') return given;
  if (given !== undefined && given !== '') {
    throw new ConfigError(fileVariable(name), `"${file}"`, `nothing, because ${name} is set too`);
  }
  return readSecretFile(fileVariable(name), file);
}

function readSecretFile(variable: string, file: string): string {
  const fault = (what: string, cause?: unknown) =>
    new ConfigError(
      variable,
      `"${file}", ${what}`,
      `a file with the value of ${variable.slice(0, -5)} alone`,
      {
        cause,
      },
    );
  let descriptor;
  try {
    // Without O_NONBLOCK a FIFO of that name would hang the start.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw fault(`which cannot be read (${String((error as NodeJS.ErrnoException).code)})`, error);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw fault('which is no file');
    if (stats.size > mostBytes) throw fault(`which has ${stats.size} bytes`);
    const value = readFileSync(descriptor, 'utf8').trim();
    if (value === '') throw fault('which is empty');
    return value;
  } finally {
    closeSync(descriptor);
  }
}
