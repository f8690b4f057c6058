import { expect, test } from 'vitest';

import { NameLanes } from './name-lanes.js';

/** A resolver of the network whose answers come when the test says so, and the lookups that were begun. */
function open(lookups: number) {
  let nowMs = 0;
  const open = new Map<string, PromiseWithResolvers<readonly string[]>>();
  const begun: string[] = [];
  const lanes = new NameLanes({
    lookups,
    nowMs: () => nowMs,
    resolve: (host) => {
      begun.push(host);
      const answer = Promise.withResolvers<readonly string[]>();
      open.set(host, answer);
      return answer.promise;
    },
  });
  const answer = (host: string, afterMs: number) => {
    nowMs += afterMs;
    open.get(host)?.resolve(['192.0.2.1']);
  };
  const beSlow = async (host: string) => {
    const lookup = lanes.resolve(host);
    await settled();
    answer(host, 1_001);
    await lookup;
  };
  return { lanes, begun, open, answer, beSlow, passed: (ms: number) => (nowMs += ms) };
}

/** Whatever can go on without an answer has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('names that were slow wait for each other in half of the lookups, and others pass them', async () => {
  const { lanes, begun, answer, beSlow } = open(4);
  for (const host of ['slow-1', 'slow-2', 'slow-3']) await beSlow(host);
  begun.length = 0;
  const slow = ['slow-1', 'slow-2', 'slow-3'].map((host) => lanes.resolve(host));
  await settled();
  const quick = lanes.resolve('quick');
  expect(begun).toEqual(['slow-1', 'slow-2', 'quick']);
  answer('quick', 5);
  await quick;
  answer('slow-1', 4_000);
  await slow[0];
  await settled();
  expect(begun.at(-1)).toBe('slow-3');
});

test('a name that is quick again passes those that are slow', async () => {
  const { lanes, begun, answer, beSlow } = open(2);
  for (const host of ['slow', 'recovers']) await beSlow(host);
  const recovered = lanes.resolve('recovers');
  await settled();
  answer('recovers', 20);
  await recovered;
  void lanes.resolve('slow');
  await settled();
  begun.length = 0;
  void lanes.resolve('recovers');
  expect(begun).toEqual(['recovers']);
});

test('a name that fails late is slow too, and its failure is told to all who wait for it', async () => {
  const { lanes, begun, open: lookups, passed, beSlow } = open(1);
  await beSlow('slow');
  const both = [lanes.resolve('dead'), lanes.resolve('dead')];
  passed(10_000);
  lookups.get('dead')?.reject(new Error('no answer'));
  for (const outcome of await Promise.allSettled(both)) expect(outcome.status).toBe('rejected');
  void lanes.resolve('slow');
  await settled();
  begun.length = 0;
  void lanes.resolve('dead');
  await settled();
  expect(begun).toEqual([]);
});

test('who asks for what is being looked up waits for the same answer, and afterwards it is asked anew', async () => {
  const { lanes, begun, answer } = open(2);
  const both = [lanes.resolve('name'), lanes.resolve('name')];
  answer('name', 1);
  expect(await Promise.all(both)).toEqual([['192.0.2.1'], ['192.0.2.1']]);
  expect(begun).toEqual(['name']);
  void lanes.resolve('name');
  expect(begun).toEqual(['name', 'name']);
});
