import { isSettingKey, settingKeys, valuesOf } from '../features/settings/setting.js';
import type { SettingKey } from '../features/settings/setting.js';
import { SettingService } from '../features/settings/setting.service.js';
import { SettingsModule } from '../features/settings/settings.module.js';
import type { Actor } from '../platform/database/audit-chain.js';
import type { Command } from './command.js';
import { onDatabase } from './on-database.js';

/** Whoever can run this on the server owns the installation already; the trail names the console. */
const console: Actor = { id: null, name: 'console', sourceAddress: null };

const usage = `usage: patchgate settings get KEY | set KEY VALUE\n${settingKeys
  .map((key) => `  ${key}: ${valuesOf(key).join(' | ')}\n`)
  .join('')}`;

/** `patchgate settings`: 0 with the value as it is now, 2 for bad words. */
export const settings: Command = async ({ env, stdout, stderr }, args) => {
  const words = readWords(args);
  if (words === null) {
    stderr.write(usage);
    return 2;
  }
  const { key, value } = words;
  const now = await onDatabase(env, SettingsModule, async (app) => {
    const service = app.get(SettingService);
    if (value !== undefined) await service.set(console, key, value);
    return service.get(key);
  });
  stdout.write(`${now}\n`);
  return 0;
};

function readWords([verb, key = '', given, ...rest]: readonly string[]) {
  if (!isSettingKey(key) || rest.length > 0) return null;
  if (verb === 'get') return given === undefined ? { key, value: undefined } : null;
  const value = verb === 'set' ? valueOf(key, given) : undefined;
  return value === undefined ? null : { key, value };
}

const valueOf = (key: SettingKey, given: string | undefined) =>
  valuesOf(key).find((value) => value === given);
