import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { id, nothing } from './primitives.schema.js';

/** Which objects changed. Too many to name are a reason to fetch anew whatever is shown of their kind. */
const changed = z.union([
  z.strictObject({ ids: z.array(id).min(1) }),
  z.strictObject({ refetch: z.literal(true) }),
]);
export type Changed = z.infer<typeof changed>;

/**
 * The data of each event of the live stream. `check` (health) and `host` (facts, groups, existence) carry ids of hosts.
 * `reset`: events may have been missed, or the caller's reach changed; whatever is shown is to be fetched anew. It is
 * the first event of each stream. `enrolment` (requests, tokens and certificates of agents) is told to administrators. `beat` says that the stream is whole up to now; it comes every two seconds.
 */
export const liveEvents = {
  check: changed,
  host: changed,
  job: changed,
  run: changed,
  log: changed,
  overview: nothing,
  enrolment: nothing,
  reset: nothing,
  beat: nothing,
} as const;

export type LiveTopic = keyof typeof liveEvents;
export const liveTopics = Object.keys(liveEvents) as LiveTopic[];

/** One event as it is read: its name and its parsed data. */
export type LiveEvent = {
  [T in LiveTopic]: { readonly topic: T; readonly data: z.output<(typeof liveEvents)[T]> };
}[LiveTopic];

/**
 * Reads the data of an event.
 *
 * @param topic name of the event
 * @param data its data line: JSON
 * @returns null when it is not what the contract says, as from a server of another version
 */
export function readLiveEvent(topic: LiveTopic, data: string): LiveEvent | null {
  try {
    const parsed = liveEvents[topic].safeParse(JSON.parse(data));
    return parsed.success ? ({ topic, data: parsed.data } as LiveEvent) : null;
  } catch {
    // Not even JSON; the caller has one way to treat what it cannot read.
    return null;
  }
}

/**
 * Writes an event as the stream carries it.
 *
 * @throws ZodError for data that are not what the contract says
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function writeLiveEvent({ topic, data }: LiveEvent): string {
  return `event: ${topic}\ndata: ${JSON.stringify(liveEvents[topic].parse(data))}\n\n`;
}

const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01';

export const eventEndpoints = {
  follow: endpoint({
    method: 'GET',
    path: '/events',
    summary:
      'What changes among the hosts the caller reaches, as it happens (server-sent events). No replay: after a gap comes reset',
    access: 'viewer',
    mediaType: 'text/event-stream',
    // The text as a whole; the data of each event are in `liveEvents`.
    response: z.string().regex(/^(retry: \d+\n\n)?(event: \w+\ndata: \{.*\}\n\n)*$/),
    status: 200,
    errors: ['too_many_requests'],
    example: {
      response: `retry: 2000\n\nevent: reset\ndata: {}\n\nevent: host\ndata: {"ids":["${hostId}"]}\n\n`,
    },
  }),
};
