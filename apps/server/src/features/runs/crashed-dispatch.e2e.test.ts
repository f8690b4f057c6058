import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDispatch } from './dispatch.fixture.js';
import type { DispatchUnderTest } from './dispatch.fixture.js';
import { failPoints } from './fail-points.js';
import type { FailPoint } from './fail-points.js';

let it: DispatchUnderTest;
beforeAll(async () => {
  it = await openDispatch();
});
afterAll(() => it.close());
afterEach(() => {
  it.clock.shiftMs = 0;
});

let hosts = 0;
/** Patched, restarted and verified: all that a run can go through. */
async function newRun(dialect: 'ours' | 'public') {
  const hostId = await it.addHost(`crash${(hosts += 1)}.example.org`, { dialect });
  const id = await it.addRun({ hostId, allowReboot: true, checks: [await it.addCheck(hostId)] });
  return { hostId, id };
}

/** Steps until one dies there. @returns false when the run has ended without coming there */
async function dieOnTheWay(id: string, point: FailPoint): Promise<boolean> {
  for (;;) {
    if (await it.dieAt(id, point)) return true;
    if ((await it.run(id))['ended_at'] !== null) return false;
  }
}

const ownPath = failPoints.filter((point) => !/cancel|reboot/.test(point));
const publicPath = failPoints.filter((point) => !/cancel|acknowledge/.test(point));

describe('a worker that dies while an agent that takes runs has or gets a run', () => {
  test.each(ownPath)(
    'at %s: the next owner asks, adopts or sends the same again, and it is done once',
    async (point) => {
      const { hostId, id } = await newRun('ours');
      expect(await dieOnTheWay(id, point)).toBe(true);
      expect(await it.until(id, 'succeeded')).toMatchObject({ verification: 'verified', reboot: 'done' });
      expect([it.deeds(hostId), it.deeds(hostId, 'rebooted')].map(({ length }) => length)).toEqual([1, 1]);
    },
  );
});

describe('a worker that dies while an agent without runs has or gets an order', () => {
  const neverSent: FailPoint[] = ['after_intent', 'before_send'];

  test.each(publicPath.filter((point) => !neverSent.includes(point)))(
    'at %s: its job is adopted, and it is done once',
    async (point) => {
      const { hostId, id } = await newRun('public');
      expect(await dieOnTheWay(id, point)).toBe(true);
      it.clock.shiftMs += 130_000;
      expect(await it.until(id, 'succeeded')).toMatchObject({ verification: 'verified', reboot: 'done' });
      expect([it.deeds(hostId), it.deeds(hostId, 'rebooted')].map(({ length }) => length)).toEqual([1, 1]);
    },
  );

  test.each(neverSent)(
    'at %s: an intent without a job is indeterminate, and nothing is sent',
    async (point) => {
      const { hostId, id } = await newRun('public');
      expect(await dieOnTheWay(id, point)).toBe(true);
      it.clock.shiftMs += 31_000;
      expect(await it.until(id, 'indeterminate')).toMatchObject({ reason: 'unknown_outcome' });
      expect(it.deeds(hostId)).toHaveLength(0);
    },
  );
});

test('a worker that dies around a wish to cancel leaves a run that is cancelled and never begins', async () => {
  for (const point of ['before_cancel', 'after_cancel'] as const) {
    const { hostId, id } = await newRun('ours');
    await it.script(hostId, { start_ms: 60_000 });
    await it.step(id);
    await it.requestCancel(id);
    expect(await dieOnTheWay(id, point)).toBe(true);
    await it.until(id, 'cancelled');
    expect(it.deeds(hostId)).toHaveLength(0);
  }
});

test('every point of the list lies on a way that was gone here', () => {
  expect(failPoints.filter((point) => !it.reached.includes(point))).toEqual([]);
});
