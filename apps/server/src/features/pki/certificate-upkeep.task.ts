import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { deleteEndedCertificates } from './agent-certificate.repository.js';
import { AuthorityService } from './authority.service.js';
import { ManagerCertificate } from './manager-certificate.js';
import { RevocationListService } from './revocation-list.service.js';

const keptMs = 30 * 86_400_000;

/** Renews what ends by itself, whether or not anybody asks for it. Several workers may do it at once. */
@Injectable()
export class CertificateUpkeepTask implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly authority: AuthorityService,
    private readonly manager: ManagerCertificate,
    private readonly lists: RevocationListService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.run();
  }

  @Interval(60 * 60 * 1000)
  async run(): Promise<void> {
    try {
      // A worker may be up before the first api.
      await this.authority.ensure();
      await this.manager.current();
      await this.lists.current();
      const endedBefore = new Date(this.clock.now().getTime() - keptMs);
      const rows = await deleteEndedCertificates(this.dataSource.manager, endedBefore);
      if (rows > 0) this.logger.info({ rows }, 'ended certificates deleted');
    } catch (error) {
      this.logger.warn({ err: error }, 'certificates left as they are');
    }
  }
}
