import { expect, it } from 'vitest';
import type { Principal } from '../http/caller.js';
import { OpenStreams } from './open-streams.js';

const person = (userId: string): Principal => ({
  userId,
  username: userId,
  displayName: userId,
  role: 'viewer',
  credential: { kind: 'session', id: userId },
});

const isClosed = (stream: { once: (event: 'close', then: () => void) => unknown }): Promise<void> =>
  new Promise((resolve) => void stream.once('close', resolve));

it('holds no more than fit the process, whoever opens them, and has room again when one is over', async () => {
  const streams = new OpenStreams({ perPerson: 2, perProcess: 3 });
  const first = streams.open(person('ada'));
  streams.open(person('ada'));
  expect(() => streams.open(person('ada'))).toThrow('You follow 2 live streams already');
  streams.open(person('ben'));
  expect(() => streams.open(person('cleo'))).toThrow('No more live streams fit here');
  const isOver = isClosed(first);
  first.destroy();
  await isOver;
  streams.open(person('cleo'));
  expect(streams.facts().activeListeners).toEqual({ sse: 3, agents: null });
});
