import { Injectable } from '@nestjs/common';
import type { OverviewView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import type { Principal } from '../../platform/http/caller.js';
import { countFleet } from './overview.repository.js';

@Injectable()
export class OverviewService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async get(viewer: Principal): Promise<OverviewView> {
    const now = this.clock.now();
    return { at: now.toISOString(), ...(await countFleet(this.dataSource.manager, viewer, now)) };
  }
}
