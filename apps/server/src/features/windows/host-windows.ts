import { Injectable } from '@nestjs/common';
import type { WindowRule } from '@patchgate/domain';
import type { Db } from '../../platform/database/query.js';
import { findRulesOfHosts } from './host-rules.repository.js';
import { ruleOf } from './window.row.js';

/** When hosts may be patched. Apart from the rest, because whoever runs jobs needs no more of it. */
@Injectable()
export class HostWindows {
  /**
   * The enabled rules that count for each of these hosts; every host has an entry, without rules an empty one. Hosts with
   * the same rules have the same list, so that what is worked out of it can be kept by the list's identity.
   */
  async rulesOf(db: Db, hostIds: readonly string[]): Promise<Map<string, readonly WindowRule[]>> {
    const rules = new Map(hostIds.map((id) => [id, [] as WindowRule[]]));
    for (const row of await findRulesOfHosts(db, hostIds)) {
      const rule = ruleOf(row);
      for (const hostId of row.host_ids) rules.get(hostId)?.push(rule);
    }
    const lists = new Map<string, readonly WindowRule[]>();
    const sameForSame = (list: readonly WindowRule[]): readonly WindowRule[] => {
      const key = list.map(({ id }) => id).join();
      const known = lists.get(key);
      if (known === undefined) lists.set(key, list);
      return known ?? list;
    };
    return new Map([...rules].map(([hostId, list]) => [hostId, sameForSame(list)]));
  }
}
