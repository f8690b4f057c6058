/** One setting that cannot be used, in one line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(variable: string, given: string, expected: string) {
    super(`${variable}: given "${given}", expected ${expected}`);
  }
}
