import type { Db } from '../../platform/database/query.js';
import { knownValue } from './setting.js';
import type { SettingKey, SettingValue } from './setting.js';
import { findSetting } from './setting.repository.js';

/** As it is at this moment; inside a transaction, as that sees it. */
export const readSetting = async <K extends SettingKey>(db: Db, key: K): Promise<SettingValue<K>> =>
  knownValue(key, await findSetting(db, key));
