import { healthCheckEndpoints, patchRunEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import type { Api } from './api.js';
import { expect } from './real-host.fixture.js';

/** What the manager has written down of the run that a page shows. */
export class WrittenRun {
  readonly #params: { id: string; run_id: string };

  constructor(
    private readonly api: Api,
    page: Page,
  ) {
    const [, id = '', run_id = ''] = /\/jobs\/([0-9a-f-]{36}).*run=([0-9a-f-]{36})/.exec(page.url()) ?? [];
    this.#params = { id, run_id };
  }

  /** Every attempt asked all four checks; all but the last were kept shut by one alone, and the last by none. */
  async expectOpenedAfter(closed: number, failing: string): Promise<void> {
    const query = { limit: '100' };
    const { items } = await this.api.call(patchRunEndpoints.attempts, { params: this.#params, query });
    const failed = items.map(({ checks }) =>
      checks.filter(({ verdict }) => verdict !== 'pass').map(({ name, reason }) => `${name}: ${reason}`),
    );
    expect(items.map(({ checks }) => checks.length)).toEqual(items.map(() => 4));
    expect(failed[0]).toEqual([]);
    expect(failed.slice(1)).toEqual(items.slice(1).map(() => [`${failing}: connect`]));
    expect(failed.length).toBeGreaterThan(closed);
  }

  /** After the packages were in place each check was seen healthy twice, at the distance that is set. */
  async expectVerifiedTwice(everySeconds: number): Promise<void> {
    const run = await this.api.call(patchRunEndpoints.get, { params: this.#params });
    expect(run).toMatchObject({ status: 'succeeded', reason: null, verification: 'verified' });
    const log = await this.api.call(patchRunEndpoints.log, { params: this.#params, query: {} });
    const inPlace = log.items.find(({ line }) => line.startsWith('the packages are in place'));
    const [from, to] = [inPlace?.at ?? '', run.ended_at ?? ''];
    expect(Date.parse(to) - Date.parse(from)).toBeGreaterThanOrEqual(everySeconds * 1000);
    for (const { check_id, name } of run.checks) {
      const { items } = await this.api.call(healthCheckEndpoints.results, {
        params: { id: run.host_id, check_id },
        query: { from, to },
      });
      expect(items.length, name).toBeGreaterThanOrEqual(2);
      expect(
        items.filter(({ healthy }) => !healthy),
        name,
      ).toEqual([]);
    }
  }
}
