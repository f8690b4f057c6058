import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { DataSource } from 'typeorm';
import { AppError } from '../app-error.js';
import { Clock } from '../clock/clock.js';
import { execute, queryOne } from '../database/query.js';

export interface Limit {
  readonly key: string;
  readonly most: number;
  readonly windowSeconds: number;
}

/**
 * Fixed windows in PostgreSQL, so that any number of api processes count together (SEC-L2). Windows are short: an
 * attacker can slow a person's sign-in down, never lock it. Spent windows are forgotten by the task of the accounts.
 */
@Injectable()
export class RateLimiter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one use from each limit.
   *
   * @throws AppError `too_many_requests` when one is used up
   */
  async take(limits: readonly Limit[]): Promise<void> {
    for (const limit of limits) {
      const secondsLeft = await this.takeOne(limit);
      if (secondsLeft === null) continue;
      throw new AppError('too_many_requests', `Too many attempts; try again in ${secondsLeft} s.`, {
        retryAfterSeconds: secondsLeft,
      });
    }
  }

  /** Gives back what a success has taken: only failures are to count. */
  async giveBack(limits: readonly Limit[]): Promise<void> {
    const keys = limits.map(({ key }) => key);
    await execute(
      this.dataSource.manager,
      sql`UPDATE rate_limits SET used = used - 1 WHERE key = ANY(${keys}) AND used > 0`,
    );
  }

  private async takeOne({ key, most, windowSeconds }: Limit): Promise<number | null> {
    const now = this.clock.now();
    const windowStart = new Date(now.getTime() - windowSeconds * 1000);
    const row = await queryOne<{ used: number; window_started_at: Date }>(
      this.dataSource.manager,
      sql`INSERT INTO rate_limits AS l (key, window_started_at, used) VALUES (${key}, ${now}, 1)
        ON CONFLICT (key) DO UPDATE SET
          used = CASE WHEN l.window_started_at <= ${windowStart} THEN 1 ELSE LEAST(l.used, ${most}) + 1 END,
          window_started_at = CASE WHEN l.window_started_at <= ${windowStart} THEN ${now} ELSE l.window_started_at END
        RETURNING used, window_started_at`,
    );
    if (!row || row.used <= most) return null;
    const endsAt = row.window_started_at.getTime() + windowSeconds * 1000;
    return Math.max(1, Math.ceil((endsAt - now.getTime()) / 1000));
  }
}
