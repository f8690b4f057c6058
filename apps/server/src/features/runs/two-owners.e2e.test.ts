import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDispatch } from './dispatch.fixture.js';
import type { DispatchUnderTest } from './dispatch.fixture.js';

let it: DispatchUnderTest;
beforeAll(async () => {
  it = await openDispatch();
});
afterAll(() => it.close());

const dialects: ['ours' | 'public'][] = [['ours'], ['public']];
const often = { interval: 10 };
let hosts = 0;
async function newRun(dialect: 'ours' | 'public', script: object = {}) {
  const hostId = await it.addHost(`owners${(hosts += 1)}.example.org`, { dialect, script });
  return { hostId, id: await it.addRun({ hostId }) };
}

describe.each(dialects)(
  'a worker that is paused beyond its lease, with an agent of dialect %s',
  (dialect) => {
    test('before it has sent anything sends nothing: its writes hit the fence', async () => {
      const { hostId, id } = await newRun(dialect, { latency_ms: 200 });
      const paused = it.steps.stepRun(await it.claim(id));
      // It has read the run by now, and waits for the agent.
      await expect.poll(() => it.reached.at(-1), often).toBe('before_dispatch');
      await it.claim(id);
      const before = await it.run(id);
      await paused;
      expect(await it.run(id)).toEqual(before);
      expect(it.deeds(hostId)).toHaveLength(0);
      await it.script(hostId, { latency_ms: 0 });
      await it.until(id, 'succeeded');
      expect(it.deeds(hostId)).toHaveLength(1);
    });

    test('while it follows the run writes nothing of what it has found', async () => {
      const { hostId, id } = await newRun(dialect);
      await it.step(id);
      await expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);
      await it.script(hostId, { latency_ms: 200 });
      const paused = it.steps.stepRun(await it.claim(id));
      // It has read the run by now, and waits for the agent.
      await expect.poll(() => it.reached.at(-1), often).toBe('before_question');
      await it.claim(id);
      const before = await it.run(id);
      await paused;
      expect(await it.run(id)).toEqual(before);
      await it.script(hostId, { latency_ms: 0 });
      await it.until(id, 'succeeded');
    });
  },
);

describe('an order that is late on its way', () => {
  /** Its worker loses the run while the order is under way, and the next owner is faster. */
  async function overtake(script: object = {}) {
    const { hostId, id } = await newRun('ours', { latency_ms: 1_000, ...script });
    const late = it.anotherWorker.stepRun(await it.claim(id));
    await expect.poll(() => it.reached.at(-1), { timeout: 10_000 }).toBe('before_send');
    // The agent waits before it acts on what it has read; what comes from now on it acts on at once.
    await expect.poll(() => it.deeds(hostId, 'order_received')).toHaveLength(1);
    await it.script(hostId, { latency_ms: 0 });
    await it.until(id, 'succeeded');
    await late;
    return { hostId, id };
  }

  test('finds the run of the next owner under a higher fence, and starts nothing', async () => {
    const { hostId, id } = await overtake();
    expect(it.deeds(hostId)).toHaveLength(1);
    expect(it.deeds(hostId, 'order_refused')).toMatchObject([{ detail: 'STALE_FENCE' }]);
    expect(await it.run(id)).toMatchObject({ status: 'succeeded' });
  });

  test('would start a second time at an agent that forgets what it was told: the ledger shows it', async () => {
    const { hostId } = await overtake({ forgets_orders: true });
    await expect.poll(() => it.deeds(hostId)).toHaveLength(2);
  });
});
