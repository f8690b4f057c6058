/** The agent cannot start as it is set up; a restart does not help (sysexits.h, EX_CONFIG). */
export class ConfigError extends Error {
  static readonly exitCode = 78;
}
