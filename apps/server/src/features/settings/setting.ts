/** What an administrator of the server may set, the first value being the one that holds unless something else is. */
const settings = {
  /** Whether the gate of a host without an enabled check opens. */
  'gate.no_checks': ['open', 'hold'],
} as const;

export type SettingKey = keyof typeof settings;
export type SettingValue<K extends SettingKey = SettingKey> = (typeof settings)[K][number];

export const settingKeys = Object.keys(settings) as SettingKey[];
export const valuesOf = (key: SettingKey): readonly SettingValue[] => settings[key];

export const isSettingKey = (key: string): key is SettingKey => key in settings;

/** What is stored, or the value that holds where nothing is, or nothing that this version knows. */
export const knownValue = <K extends SettingKey>(key: K, stored: unknown): SettingValue<K> =>
  settings[key].find((value) => value === stored) ?? settings[key][0];
