import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../platform/database/audit-chain.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { readSetting } from './read-setting.js';
import type { SettingKey, SettingValue } from './setting.js';
import { storeSetting } from './setting.repository.js';

@Injectable()
export class SettingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  get(key: SettingKey): Promise<SettingValue> {
    return readSetting(this.dataSource.manager, key);
  }

  /** Holds from the next decision on, in every process. */
  async set(actor: Actor, key: SettingKey, value: SettingValue): Promise<void> {
    await this.unitOfWork.run(actor, async ({ db, now, audit, nothingChanged }) => {
      const before = await readSetting(db, key);
      if (before === value) {
        nothingChanged();
        return;
      }
      await storeSetting(db, key, value, now);
      audit({
        action: 'setting.update',
        objectType: 'setting',
        objectId: null,
        details: { key, before, after: value },
      });
    });
  }
}
