import { Injectable } from '@nestjs/common';
import type { CheckStatus } from '@patchgate/domain';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { ResultRecorder } from './result-recorder.js';
import { countChecks } from './roll-up.repository.js';

/** How many enabled checks there are of each status at this moment. */
@Injectable()
export class CheckCounts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly recorder: ResultRecorder,
  ) {}

  ofNow(): Promise<Record<CheckStatus, number>> {
    return countChecks(this.dataSource.manager, { now: this.clock.now(), freshMs: this.recorder.freshMs });
  }
}
