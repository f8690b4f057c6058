import { Injectable } from '@nestjs/common';
import type { Db } from '../../platform/database/query.js';
import { expectAgent, refreshAgent } from './expect-agent.repository.js';

/** Of which hosts an agent is expected. Apart from the rest, because whoever issues certificates needs no more of it. */
@Injectable()
export class ExpectedAgents {
  /**
   * An agent is to be on this host from now on: it is asked at once, often while it is new, and then in each cycle. In the
   * caller's transaction, which has locked the host.
   */
  async expect(db: Db, hostId: string): Promise<void> {
    await expectAgent(db, hostId);
  }

  /** Where it is asked has changed: it is at once, if there is to be one at all. */
  async hasMoved(db: Db, hostId: string): Promise<void> {
    await refreshAgent(db, hostId);
  }

  /** What it could upgrade is another since its packages were changed. */
  async hasPatched(db: Db, hostId: string): Promise<void> {
    await refreshAgent(db, hostId);
  }
}
