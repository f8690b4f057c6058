import type { QueryClient } from '@tanstack/react-query';
import { keepFresh } from './keep-fresh.js';
import type { followEvents } from './live-events.js';

export interface LiveUpdates {
  /**
   * Begins to follow what happens; once, however often it is called.
   *
   * @returns when the stream has begun, or will take too long to: what is asked for from then on misses nothing
   */
  start: () => Promise<undefined>;
  stop: () => void;
}

interface Options {
  queryClient: QueryClient;
  follow: typeof followEvents;
  onRefused: () => void;
}

/** A stream begins within a few milliseconds. Where it does not, a page that is asked for again is better than none. */
const patienceMs = 300;

/**
 * Keeps everything shown true while somebody is signed in. A page asks for its first contents when the stream has begun:
 * before that, each change could be missed, so that the beginning would have to ask for all of it again.
 */
export function createLiveUpdates({ queryClient, follow, onRefused }: Options): LiveUpdates {
  let current: { begun: Promise<undefined>; stop: () => void } | null = null;

  const begin = () => {
    const { promise: begun, resolve } = Promise.withResolvers<undefined>();
    const freshen = keepFresh(queryClient);
    const stop = follow({
      onEvent: (event) => {
        freshen(event);
        resolve(undefined);
      },
      onRefused: () => {
        resolve(undefined);
        onRefused();
      },
    });
    setTimeout(resolve, patienceMs, undefined);
    return { begun, stop };
  };

  return {
    start: () => {
      current ??= begin();
      return current.begun;
    },
    stop: () => {
      current?.stop();
      current = null;
    },
  };
}
