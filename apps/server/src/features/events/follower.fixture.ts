import { liveTopics, readLiveEvent } from '@patchgate/contracts';
import type { LiveEvent, LiveTopic } from '@patchgate/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { TestCaller } from '../../api.fixture.js';

type HeardEvent = LiveEvent & { atMs: number };

export interface Follower {
  /** Everything heard so far but beats. */
  readonly events: HeardEvent[];
  /** Waits for the first event that fits, of all heard so far and to come. */
  readonly hears: (topic: LiveTopic, fits?: (event: HeardEvent) => boolean) => Promise<HeardEvent>;
  /** The text as it came over the wire. */
  readonly text: () => string;
  /** Resolves when the stream is over, with when. */
  readonly ended: Promise<number>;
  readonly close: () => void;
}

/** A caller who follows the live stream, read and parsed as a browser does it; until the test is over at most. */
export async function follow(caller: TestCaller, url: string): Promise<Follower> {
  const controller = new AbortController();
  const response = await fetch(`${url}/events`, { headers: caller.headers, signal: controller.signal });
  if (response.status !== 200 || !response.body)
    throw new Error(`no stream: ${response.status} ${await response.text()}`);
  const events: HeardEvent[] = [];
  const waiting: (() => void)[] = [];
  let text = '';
  const read = async (body: ReadableStream<Uint8Array>): Promise<number> => {
    let rest = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        const piece = decoder.decode(chunk, { stream: true });
        text += piece;
        rest += piece;
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) note(block);
      }
    } catch {
      // Cut off, by the server or by us; the test sees when.
    }
    return performance.now();
  };
  const note = (block: string): void => {
    const [, topic, data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
    const known = liveTopics.find((name) => name === topic);
    if (known === undefined) return;
    const event = readLiveEvent(known, data);
    if (event === null) throw new Error(`not in the contract: ${block}`);
    if (event.topic === 'beat') return;
    events.push({ ...event, atMs: performance.now() });
    for (const wake of waiting.splice(0)) wake();
  };
  const patienceMs = 10_000;
  const hears: Follower['hears'] = async (topic, fits = () => true) => {
    const until = performance.now() + patienceMs;
    for (;;) {
      const found = events.find((event) => event.topic === topic && fits(event));
      if (found) return found;
      if (performance.now() > until) throw new Error(`no ${topic} among ${JSON.stringify(events)}`);
      // Woken rather than asking again and again: two hundred who ask keep the process from reading.
      const isPatient = new AbortController();
      const heard = new Promise<void>((resolve) => waiting.push(resolve));
      await Promise.race([
        heard,
        delay(until - performance.now() + 1, undefined, { signal: isPatient.signal }).catch(() => undefined),
      ]);
      isPatient.abort();
    }
  };
  const close = () => controller.abort();
  onTestFinished(close);
  return {
    events,
    text: () => text,
    ended: read(response.body),
    close,
    hears,
  };
}

/** Whether an event names this object. */
export const names =
  (id: string) =>
  ({ data }: LiveEvent): boolean =>
    'ids' in data && data.ids.includes(id);
