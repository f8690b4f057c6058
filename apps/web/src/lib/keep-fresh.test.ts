import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepFresh } from './keep-fresh.js';

let queryClient: QueryClient;
let answer: () => Promise<string>;
beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
});
afterEach(() => {
  queryClient.clear();
  vi.useRealTimers();
});

/** A list that somebody looks at while something happens ten times a second, for so many seconds. */
function follow() {
  const observer = new QueryObserver(queryClient, {
    ...{ queryKey: ['hosts', 'list'], queryFn: () => answer() },
    ...{ retry: 3, retryDelay: (attempt: number) => 500 * 2 ** attempt },
  });
  observer.subscribe(() => undefined);
  const tell = keepFresh(queryClient);
  const events = async (seconds: number) => {
    for (let tenths = 0; tenths < seconds * 10; tenths += 1) {
      tell({ topic: 'host', data: { refetch: true } });
      await vi.advanceTimersByTimeAsync(100);
    }
  };
  return { tell, events, seen: () => observer.getCurrentResult() };
}

const refused = () => Promise.reject(new Error('refused'));

it('what can never be loaded says so, however much happens, and keeps saying it', async () => {
  let asked = 0;
  answer = () => {
    asked += 1;
    return refused();
  };
  const { events, seen } = follow();
  await events(5);
  expect(seen().status).toBe('error');
  const before = asked;
  await events(20);
  expect([seen().status, asked]).toEqual(['error', before]);
});

it('what could not be loaded is asked for again after the stream was lost', async () => {
  answer = refused;
  const { events, tell, seen } = follow();
  await events(5);
  answer = () => Promise.resolve('here');
  tell({ topic: 'reset', data: {} });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen()).toMatchObject({ status: 'success', data: 'here' });
});

it('what is shown and can no longer be loaded says so, and is fresh again once it can', async () => {
  answer = () => Promise.resolve('here');
  const { events, seen } = follow();
  await events(2);
  answer = refused;
  await events(10);
  expect(seen()).toMatchObject({ isError: true, data: 'here' });
  answer = () => Promise.resolve('new');
  await events(10);
  expect(seen()).toMatchObject({ isError: false, data: 'new' });
});

it('however much happens it is asked for once a second', async () => {
  let asked = 0;
  answer = () => {
    asked += 1;
    return Promise.resolve('here');
  };
  const { events } = follow();
  await events(10);
  expect(asked).toBeGreaterThan(8);
  expect(asked).toBeLessThan(13);
});
