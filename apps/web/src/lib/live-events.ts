import { eventEndpoints, liveTopics, readLiveEvent } from '@patchgate/contracts';
import type { LiveEvent } from '@patchgate/contracts';
import { urlOf } from './api.js';
import { nowMs } from './clock.js';
import { reportLive, reportLost } from './connection.js';

interface Options {
  /** Every event but the beats. */
  onEvent: (event: LiveEvent) => void;
  /** The server answered, and not with a stream: the session may be over. */
  onRefused: () => void;
}

/** The server beats every two seconds; a stream that misses two is cut, whatever the socket says. */
const silentAfterMs = 4_500;
const watchEveryMs = 500;
const longestWaitMs = 2_000;
/** A browser has six connections to a server that speaks HTTP/1.1: a page that nobody sees gives its own back. */
const hiddenForMs = 10_000;

/** Follows the live stream while the page is seen, and opens it again whenever it is lost; reports both. */
export function followEvents({ onEvent, onRefused }: Options): () => void {
  let source: EventSource | null = null;
  let heardAtMs = nowMs();
  let losses = 0;
  let opening: number | undefined;
  let hiding: number | undefined;

  const open = (): void => {
    window.clearTimeout(opening);
    heardAtMs = nowMs();
    const opened = new EventSource(urlOf(eventEndpoints.follow.path, {}));
    source = opened;
    for (const topic of liveTopics) {
      opened.addEventListener(topic, ({ data }: MessageEvent<string>) => hear(readLiveEvent(topic, data)));
    }
    opened.addEventListener('error', () => {
      const isRefused = opened.readyState === EventSource.CLOSED;
      lose(nowMs());
      if (isRefused) onRefused();
    });
  };

  const close = (): void => {
    source?.close();
    source = null;
    window.clearTimeout(opening);
  };

  const hear = (event: LiveEvent | null): void => {
    heardAtMs = nowMs();
    losses = 0;
    reportLive();
    if (event?.topic === 'beat') return;
    // What cannot be read may have said anything.
    onEvent(event ?? { topic: 'reset', data: {} });
  };

  const lose = (sinceMs: number): void => {
    close();
    reportLost(sinceMs);
    opening = window.setTimeout(open, waitMs(losses));
    losses += 1;
  };

  const watch = window.setInterval(() => {
    if (source !== null && nowMs() - heardAtMs > silentAfterMs) lose(heardAtMs);
  }, watchEveryMs);

  const seen = (): void => {
    window.clearTimeout(hiding);
    if (document.visibilityState === 'hidden') hiding = window.setTimeout(close, hiddenForMs);
    else if (source === null) open();
  };
  document.addEventListener('visibilitychange', seen);
  if (document.visibilityState !== 'hidden') open();

  return () => {
    document.removeEventListener('visibilitychange', seen);
    window.clearInterval(watch);
    window.clearTimeout(hiding);
    close();
    reportLive();
  };
}

/** Half of it by chance, so that the pages of a server that comes back do not come all at once. */
function waitMs(losses: number): number {
  const longest = Math.min(400 * 2 ** losses, longestWaitMs);
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return longest / 2 + (longest / 2) * (random / 2 ** 32);
}
