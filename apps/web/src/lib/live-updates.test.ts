import type { LiveEvent } from '@patchgate/contracts';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { createLiveUpdates } from './live-updates.js';

const reset: LiveEvent = { topic: 'reset', data: {} };

/** A page that asks for one thing as soon as it may, and a server whose stream the test speaks for. */
function open() {
  const queryClient = new QueryClient();
  const ask = vi.fn(() => Promise.resolve('contents'));
  const told = { say: (_event: LiveEvent) => {}, refuse: () => {}, streams: 0, stops: 0 };
  const live = createLiveUpdates({
    queryClient,
    follow: ({ onEvent, onRefused }) => {
      Object.assign(told, { say: onEvent, refuse: onRefused, streams: told.streams + 1 });
      return () => (told.stops += 1);
    },
    onRefused: () => undefined,
  });
  const show = async () => {
    await live.start();
    const observer = new QueryObserver(queryClient, { queryKey: ['users'], queryFn: ask, staleTime: 15_000 });
    const close = observer.subscribe(() => undefined);
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('contents'));
    return close;
  };
  return { live, told, show, ask };
}

it('asks once for what is shown first: the stream has begun before', async () => {
  const { told, show, ask } = open();
  const shown = show();
  expect(ask).not.toHaveBeenCalled();
  told.say(reset);
  const close = await shown;
  expect(ask).toHaveBeenCalledTimes(1);
  // The next one is a gap.
  told.say(reset);
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  close();
});

it('asks without a stream that does not come, and again when it has come', async () => {
  const { told, show, ask } = open();
  const close = await show();
  expect(ask).toHaveBeenCalledTimes(1);
  told.say(reset);
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  close();
});

it('does not wait for a stream that is refused', async () => {
  const { told, live } = open();
  const begun = live.start();
  told.refuse();
  const waitedFrom = performance.now();
  await begun;
  expect(performance.now() - waitedFrom).toBeLessThan(200);
});

it('follows one stream at a time, and a new one after it was stopped', async () => {
  const { told, live } = open();
  void live.start();
  void live.start();
  expect(told.streams).toBe(1);
  live.stop();
  live.stop();
  expect(told.stops).toBe(1);
  void live.start();
  expect(told.streams).toBe(2);
  told.say(reset);
  await live.start();
});
