import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { DataSource } from 'typeorm';
import { add, service } from '../health-checks/checks.fixture.js';
import { addFleetHost, addWindow, order, orderOf, ordered, previewed } from './ordering.fixture.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('a preview', () => {
  it('says of each host what would become of it, and orders nothing', async () => {
    const hosts = {
      well: await addFleetHost(api),
      ill: await addFleetHost(api, { health: 'unhealthy' }),
      stale: await addFleetHost(api, { health: 'unknown' }),
      silent: await addFleetHost(api, { agent: 'unreachable' }),
      unwatched: await addFleetHost(api, { health: 'none' }),
      bare: await addFleetHost(api, { agent: 'not_enrolled' }),
      busy: await addFleetHost(api),
    };
    const job = await ordered(api.admin, orderOf([hosts.busy], { name: 'the other job' }));
    const preview = await previewed(api.admin, orderOf(Object.values(hosts)));
    const of = (id: string) => preview.items.find(({ host_id }) => host_id === id);
    expect(of(hosts.well)).toMatchObject({ outcome: 'ready', reason: null, position: 0, batch: 1 });
    expect(of(hosts.ill)).toMatchObject({ outcome: 'would_wait', reason: 'check_failed' });
    expect(of(hosts.stale)).toMatchObject({ outcome: 'would_wait', reason: 'check_error' });
    expect(of(hosts.silent)).toMatchObject({ outcome: 'would_wait', reason: 'agent_unreachable' });
    expect(of(hosts.unwatched)).toMatchObject({ outcome: 'no_gate', reason: 'no_checks' });
    expect(of(hosts.bare)).toMatchObject({
      outcome: 'will_not_start',
      reason: 'agent_unreachable',
      position: null,
    });
    expect(of(hosts.busy)).toMatchObject({
      outcome: 'will_not_start',
      busy_in: { job_id: job.id, number: job.number },
      detail: expect.stringContaining('the other job') as string,
    });
    expect(preview.counts).toEqual({ ready: 1, would_wait: 3, no_gate: 1, will_not_start: 2 });
    expect(preview.hosts_total).toBe(7);
    expect((await api.admin.ok('/patch-jobs')).total).toBe(1);
  });

  it('names the first check that fails and how, of those that count', async () => {
    const host = await addFleetHost(api, { health: 'unhealthy' });
    const db = api.app.get(DataSource);
    for (const name of ['Off', 'Storefront', 'Redis']) {
      const { id } = await add(api.admin, host, { ...service, name });
      await db.query(
        `UPDATE health_check_state SET status = 'unhealthy', last_reason = 'status', last_detail = 'HTTP 503'
         WHERE check_id = $1`,
        [id],
      );
      if (name === 'Off') await db.query('UPDATE host_health_checks SET enabled = false WHERE id = $1', [id]);
    }
    await db.query(
      `UPDATE host_health SET health_check_status = 'unhealthy', fresh_until = now() + interval '1 hour'
       WHERE host_id = $1`,
      [host],
    );
    expect((await previewed(api.admin, orderOf([host]))).items).toMatchObject([
      { outcome: 'would_wait', reason: 'check_failed', detail: 'Storefront: HTTP 503' },
    ]);
  });

  it('says of a host without checks that it would wait, where the gate holds those', async () => {
    const host = await addFleetHost(api, { health: 'none' });
    const db = api.app.get(DataSource);
    await db.query(
      `INSERT INTO settings (key, value, updated_at) VALUES ('gate.no_checks', '"hold"', now())`,
    );
    expect((await previewed(api.admin, orderOf([host]))).items).toMatchObject([
      { outcome: 'would_wait', reason: 'no_checks' },
    ]);
    await db.query(`DELETE FROM settings WHERE key = 'gate.no_checks'`);
  });

  it('takes a result that is no longer fresh for unknown', async () => {
    const host = await addFleetHost(api);
    await api.app
      .get(DataSource)
      .query(`UPDATE host_health SET fresh_until = now() - interval '1 second' WHERE host_id = $1`, [host]);
    expect((await previewed(api.admin, orderOf([host]))).items).toMatchObject([
      { outcome: 'would_wait', health_check_status: 'unknown' },
    ]);
  });

  it('says in which window each host would start, and when', async () => {
    const [now, later, held, never] = [
      await addFleetHost(api),
      await addFleetHost(api),
      await addFleetHost(api),
      await addFleetHost(api),
    ];
    await addWindow(api, { host_id: now }, { inMinutes: -30, minutes: 120 });
    await addWindow(api, { host_id: later }, { inMinutes: 60, minutes: 90 });
    await addWindow(api, { host_id: held }, { inMinutes: -30, minutes: 120 });
    await addWindow(api, { host_id: held }, { inMinutes: -10, minutes: 40, kind: 'blackout' });
    const preview = await previewed(api.admin, orderOf([now, later, held, never], { schedule: 'window' }));
    const inMinutes = preview.items.map(({ host_id, earliest_start_at }) => [
      host_id,
      earliest_start_at === null
        ? null
        : Math.ceil((Date.parse(earliest_start_at) - Date.now()) / 60_000 / 10) * 10,
    ]);
    expect(inMinutes).toEqual([
      [now, -0],
      [held, 30],
      [later, 60],
      [never, null],
    ]);
    expect(preview.items[3]).toMatchObject({ outcome: 'will_not_start', reason: 'no_window', window: null });
    expect(preview.first_start_at).toBe(preview.items[0]?.earliest_start_at);
  });

  it('counts of the pending patches those that the order means', async () => {
    const patches = [
      { name: 'openssl', security: true, reboot: true },
      { name: 'nginx', security: true },
      { name: 'vim' },
    ];
    const host = await addFleetHost(api, { patches });
    const of = async (rest: object, id = host) => {
      const preview = await previewed(api.admin, orderOf([id], rest));
      const [item] = preview.items;
      return [item?.patches, item?.requires_reboot, preview.package_kinds, preview.reboots];
    };
    expect(await of({ selection: 'all' })).toEqual([3, true, 3, 0]);
    expect(await of({ selection: 'all', allow_reboot: true })).toEqual([3, true, 3, 1]);
    expect(await of({ selection: 'security', exclude: ['openssl'] })).toEqual([1, false, 1, 0]);
    expect(await of({ selection: 'named', packages: ['vim', 'git'] })).toEqual([1, false, 1, 0]);
    expect(await of({ selection: 'named', packages: ['git'] })).toEqual([0, false, 0, 0]);
    expect(await of({ selection: 'all' }, await addFleetHost(api))).toEqual([null, null, 0, 0]);
    expect(await of({ selection: 'all' }, await addFleetHost(api, { patches: [] }))).toEqual([
      0,
      false,
      0,
      0,
    ]);
    const untold = await addFleetHost(api, { patches: [{ name: 'openssl', security: null }] });
    expect((await of({ selection: 'security' }, untold))[0]).toBeNull();
    expect((await of({ selection: 'all' }, untold))[0]).toBe(1);
  });

  it('names what makes the whole order impossible, as the order itself would', async () => {
    const [late, early] = [await addFleetHost(api), await addFleetHost(api, { health: 'unhealthy' })];
    await addWindow(api, { host_id: late }, { inMinutes: 300, minutes: 60 });
    await addWindow(api, { host_id: early }, { inMinutes: 60, minutes: 60 });
    const body = orderOf([late, early], { schedule: 'window', canary: 1 });
    const { obstacles } = await previewed(api.admin, body);
    expect(obstacles).toMatchObject([{ path: 'canary' }]);
    expect((await order(api.admin, body)).body.issues).toEqual(obstacles);
  });

  it('is refused like the order for what the caller does not reach', async () => {
    const { caller } = await api.createUser('omar', 'operator');
    const body = orderOf([await addFleetHost(api)]);
    expect((await caller.call('/patch-jobs/preview', { method: 'POST', body })).status).toBe(404);
  });
});
