import { nextDueMs, phasesDue } from '@patchgate/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { claimAll, openAgents, pollOf, times } from './agents.fixture.js';
import { abandonAgents, agentPollLagMs, claimDueAgents } from './due-agents.repository.js';
import { refreshAgent } from './expect-agent.repository.js';
import { recordAgentPolls } from './record-agent-polls.js';

let agents: Awaited<ReturnType<typeof openAgents>>;
beforeAll(async () => {
  agents = await openAgents();
});
afterAll(() => agents.close());
beforeEach(() => agents.rows('DELETE FROM hosts'));

const claim = (options = {}) => claimDueAgents(agents.db, { ...claimAll, ...options });

interface Row {
  phase: number;
  next_poll_at: Date;
  lease_until: Date | null;
  refresh_fence: string | null;
  next_inventory_at: Date;
}
const rowOf = async (id: string): Promise<Row> =>
  (await agents.rows<Row>('SELECT * FROM host_agents WHERE host_id = $1', [id]))[0]!;

test('two workers never get one agent', async () => {
  await agents.addHosts(100);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claim({ limit: 30 })));
  const ids = claims.flat().map(({ hostId }) => hostId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
});

test('an agent that nobody expects is not asked', async () => {
  const [first, second] = await agents.addHosts(2);
  await agents.rows('UPDATE host_agents SET next_poll_at = NULL WHERE host_id = $1', [first]);
  expect((await claim()).map(({ hostId }) => hostId)).toEqual([second]);
});

test('by phase, finds those whose moment has come and those that somebody waits for', async () => {
  const ids = await agents.addHosts(200);
  await agents.rows('UPDATE host_agents SET refresh_fence = NULL WHERE host_id <> $1', [ids[0]]);
  const ranges = phasesDue(Date.now(), 30_000, times.intervalMs);
  const rows = await agents.rows<{ host_id: string; phase: number }>(
    'SELECT host_id, phase FROM host_agents',
  );
  const expected = rows.filter(({ phase }) => ranges.some(({ from, to }) => phase >= from && phase <= to));
  const claimed = (await claim({ ranges })).map(({ hostId }) => hostId);
  expect(claimed.sort()).toEqual([...new Set([ids[0]!, ...expected.map((row) => row.host_id)])].sort());
});

test('an agent that was asked is due at its place in the interval, the same as the checks of its host', async () => {
  const [id] = await agents.addHosts(1);
  await agents.poll();
  await agents.dueAgain();
  await agents.poll();
  const { phase, next_poll_at, lease_until } = await rowOf(id!);
  const [health] = await agents.rows<{ phase: number }>('SELECT phase FROM host_health');
  expect(lease_until).toBeNull();
  expect(phase).toBe(health?.phase);
  const expected = nextDueMs(phase, times.intervalMs, next_poll_at.getTime() - times.intervalMs);
  expect(Math.abs(next_poll_at.getTime() - expected)).toBeLessThanOrEqual(1);
  expect(next_poll_at.getTime() - Date.now()).toBeGreaterThan(-1_000);
});

test('one that has just come or gone is asked again soon, and then in its interval', async () => {
  const ids = await agents.addHosts(40);
  const soon = async () =>
    (
      await agents.rows<{ n: number }>(
        `SELECT count(*)::int AS n FROM host_agents WHERE next_poll_at <= now() + interval '20 seconds'`,
      )
    )[0]!.n;
  await agents.poll();
  expect(await soon()).toBe(ids.length);
  await agents.dueAgain();
  await agents.poll();
  expect(await soon()).toBeLessThan(ids.length);
});

test('one that was approved a moment ago and has not started is looked for within seconds, for a minute', async () => {
  const [id] = await agents.addHosts(1);
  const asksAfter = async () => {
    await agents.dueAgain();
    const failure = { kind: 'unreachable', detail: 'connection refused' } as const;
    await agents.poll({ status: 'unreachable', failure, health: null, info: null });
    return (await rowOf(id!)).next_poll_at.getTime() - Date.now();
  };
  // Its own place in the interval is far from now, so that it is not what comes first.
  const { intervalMs } = times;
  const phase = Math.floor((((Date.now() + intervalMs / 2) % intervalMs) / intervalMs) * 1_000_000);
  await agents.rows('UPDATE host_agents SET phase = $1', [phase]);
  await agents.poll();
  expect(await asksAfter()).toBeLessThanOrEqual(3_000);
  // As often again, while it lasts.
  expect(await asksAfter()).toBeGreaterThan(1_000);
  await agents.rows(`UPDATE host_agents SET expected_at = now() - interval '61 seconds'`);
  expect(await asksAfter()).toBeGreaterThan(3_000);
});

test('a worker that dies leaves its agents due when the lease ends, and can write nothing later', async () => {
  const [id] = await agents.addHosts(1);
  const [dead] = await claim();
  expect(await claim()).toEqual([]);
  // Of a millisecond ago: what is stored is rounded to one, and may be to the next.
  await agents.rows(
    `UPDATE host_agents SET (lease_until, next_poll_at) = (now() - interval '1 ms', now() - interval '1 ms')`,
  );
  const [successor] = await claim();
  expect(successor?.hostId).toBe(id);
  await agents.record([pollOf({ ...dead!, status: 'refused' })]);
  await abandonAgents(agents.db, [dead!]);
  expect((await rowOf(id!)).lease_until).not.toBeNull();
  expect(await agents.rows('SELECT agent_status FROM hosts')).toEqual([{ agent_status: 'not_enrolled' }]);
});

test('a worker that stops gives back what it has not asked, due at once', async () => {
  await agents.addHosts(2);
  await abandonAgents(agents.db, await claim());
  expect(await claim()).toHaveLength(2);
});

test('an inventory has the longer lease, and is due again half an hour later', async () => {
  const [id] = await agents.addHosts(1);
  const [first] = await claim();
  expect(first?.isInventoryDue).toBe(true);
  expect((await rowOf(id!)).lease_until!.getTime() - Date.now()).toBeGreaterThan(140_000);
  await agents.record([pollOf({ ...first!, inventory: { kind: 'listed', patches: [] } })]);
  const dueIn = (await rowOf(id!)).next_inventory_at.getTime() - Date.now();
  expect(dueIn).toBeGreaterThan(25 * 60_000);
  expect(dueIn).toBeLessThan(30 * 60_000);
  await agents.dueAgain();
  const [second] = await claim();
  expect(second?.isInventoryDue).toBe(false);
  expect((await rowOf(id!)).lease_until!.getTime() - Date.now()).toBeLessThan(31_000);
});

test('who asks for a refresh while a poll is under way gets one that begins later', async () => {
  const [id] = await agents.addHosts(1);
  await agents.poll();
  await agents.dueAgain();
  const [under] = await claim();
  expect(await refreshAgent(agents.db, id!)).toBe(true);
  expect(await claim()).toEqual([]);
  await agents.record([pollOf(under!)]);
  expect((await rowOf(id!)).refresh_fence).not.toBeNull();
  const [next] = await claim({ ranges: [{ from: -2, to: -1 }] });
  expect(next).toMatchObject({ hostId: id, isInventoryDue: true });
  await agents.record([pollOf(next!)]);
  expect((await rowOf(id!)).refresh_fence).toBeNull();
});

test('the lag is that of the latest agent, and zero when none waits', async () => {
  expect(await agentPollLagMs(agents.db)).toBe(0);
  await agents.addHosts(2);
  await agents.rows(`UPDATE host_agents SET next_poll_at = now() - interval '90 seconds'`);
  expect(await agentPollLagMs(agents.db)).toBeGreaterThan(89_900);
});

test('a poll of an agent whose facts are the same is a HOT update and touches no host', async () => {
  // So few that one page has room for all that a transaction writes of them: nothing is pruned before its end.
  await agents.addHosts(5);
  await agents.poll();
  const before = await agents.rows('SELECT id, xmin, ctid FROM hosts ORDER BY id');
  await agents.dueAgain();
  await agents.rows('VACUUM host_agents');
  const [earlier, later] = await agents.app.transaction(async (tx) => {
    const count = () =>
      tx.query<{ updates: number; hot: number }[]>(
        `SELECT pg_stat_get_xact_tuples_updated(t)::int AS updates, pg_stat_get_xact_tuples_hot_updated(t)::int AS hot
         FROM CAST('host_agents' AS regclass) AS t`,
      );
    const [counted] = await count();
    const claims = await claimDueAgents(tx, claimAll);
    await recordAgentPolls(
      tx,
      claims.map((claim) => pollOf(claim)),
      times,
    );
    return [counted!, ...(await count())] as const;
  });
  // Once when it is claimed, and once when it is given back.
  expect(later!.updates - earlier.updates).toBe(10);
  expect(later!.hot - earlier.hot).toBe(10);
  expect(await agents.rows('SELECT id, xmin, ctid FROM hosts ORDER BY id')).toEqual(before);
});
