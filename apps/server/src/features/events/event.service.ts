import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Readable } from 'node:stream';
import { requireUrl } from '../../config/config.schema.js';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../../platform/clock/clock.js';
import { LiveHub } from '../../platform/events/live-hub.js';
import { NotificationListener } from '../../platform/events/notification-listener.js';
import { OpenStreams } from '../../platform/events/open-streams.js';
import { Authenticator } from '../../platform/http/authenticator.js';
import type { Principal } from '../../platform/http/caller.js';
import { Logger } from '../../platform/logger/logger.js';

/** The live streams of this process, from its start to its end. */
@Injectable()
export class EventService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly streams = new OpenStreams();
  private readonly hub: LiveHub;
  private readonly listener: NotificationListener;

  constructor(
    @Inject(CONFIG) config: Config,
    authenticator: Authenticator,
    dataSource: DataSource,
    clock: Clock,
    logger: Logger,
  ) {
    this.hub = new LiveHub({ streams: this.streams, authenticator, dataSource, clock, logger });
    const url = requireUrl(config.databaseUrl, 'DATABASE_URL');
    this.listener = new NotificationListener(url, logger, this.hub);
  }

  onApplicationBootstrap(): void {
    this.hub.start();
    this.listener.start();
  }

  /** Before the server closes, so that the streams end rather than break. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.hub.stop();
    await this.listener.stop();
  }

  follow(principal: Principal): Readable {
    return this.hub.open(principal);
  }

  facts = () => this.streams.facts();
}
