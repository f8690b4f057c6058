import type { LiveEvent } from '@patchgate/contracts';
import type { Query, QueryClient } from '@tanstack/react-query';
import { nowMs } from './clock.js';
import { isConcerned } from './live-queries.js';

/** However much happens, a query is asked no more often than this. */
const everyMs = 1_000;
/** An answer that takes longer than this is not waited for; it is asked for again. */
const patienceMs = 3_000;

interface Freshness {
  askedAtMs: number;
  isDue: boolean;
  isAsking: boolean;
  /** The stream was lost meanwhile: what could not be loaded may be there again. */
  isReset: boolean;
}

/**
 * Keeps the cache true by live events: what an event concerns is asked for again, at once when it is shown and when it
 * is shown next otherwise.
 */
export function keepFresh(queryClient: QueryClient): (event: LiveEvent) => void {
  const known = new WeakMap<Query, Freshness>();

  const freshen = async (query: Query, isReset: boolean): Promise<void> => {
    const freshness = known.get(query) ?? { askedAtMs: 0, isDue: false, isAsking: false, isReset };
    known.set(query, freshness);
    freshness.isDue = true;
    freshness.isReset ||= isReset;
    if (freshness.isAsking) return;
    freshness.isAsking = true;
    while (freshness.isDue) {
      await pause(freshness.askedAtMs + everyMs - nowMs());
      // An answer under way may be older than the event. Waited for rather than cancelled: where answers take longer
      // than the events are apart, none would ever arrive.
      await answered(query);
      const mayBeThereAgain = freshness.isReset;
      freshness.isDue = freshness.isReset = false;
      // It says why, and offers to try again; asked for anew it would be a page that loads, at every event.
      if (isGivenUp(query) && !mayBeThereAgain) continue;
      freshness.askedAtMs = nowMs();
      await Promise.race([
        queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }),
        pause(patienceMs),
      ]);
    }
    freshness.isAsking = false;
  };

  return (event) => {
    const concerned = queryClient.getQueryCache().findAll({
      predicate: ({ queryKey }) => isConcerned(event, queryKey),
    });
    for (const query of concerned) void freshen(query, event.topic === 'reset');
  };
}

async function answered(query: Query): Promise<void> {
  if (query.state.fetchStatus !== 'fetching') return;
  // What became of it is told where it is shown.
  const answer = query.promise?.catch(() => undefined);
  await Promise.race([answer, pause(patienceMs)]);
  // One that fails is tried again by itself: begun anew each time, it would never come to the end that is told.
  if (query.state.fetchFailureCount > 0) await answer;
}

const isGivenUp = ({ state: { status, data } }: Query): boolean => status === 'error' && data === undefined;

const pause = (ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
