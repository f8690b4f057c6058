/** Thrown for a setting the process cannot start with; the message is the one line a person needs. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** sysexits.h EX_CONFIG. */
  static readonly exitCode = 78;

  constructor(variable: string, given: string, expected: string, options?: ErrorOptions) {
    super(`${variable}: given ${given}, expected ${expected}`, options);
  }
}
