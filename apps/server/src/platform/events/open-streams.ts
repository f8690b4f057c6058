import { liveTopics } from '@patchgate/contracts';
import { seesEverything } from '@patchgate/domain';
import type { ServiceFacts } from '@patchgate/service-health';
import { AppError } from '../app-error.js';
import type { Principal } from '../http/caller.js';
import { LiveStream } from './live-stream.js';

/** A person has few browsers; a page in the background gives its stream back. */
const mostPerPerson = 20;
const mostPerProcess = 2_000;
const retryAfterSeconds = 10;

/** The streams this process holds open. */
export class OpenStreams {
  private readonly streams = new Set<LiveStream>();
  private readonly perPerson = new Map<string, number>();

  constructor(private readonly limits = { perPerson: mostPerPerson, perProcess: mostPerProcess }) {}

  get size(): number {
    return this.streams.size;
  }

  /** @throws AppError `too_many_requests` */
  open(principal: Principal): LiveStream {
    const { userId } = principal;
    const own = this.perPerson.get(userId) ?? 0;
    if (own >= this.limits.perPerson)
      throw tooMany(`You follow ${own} live streams already; close one first.`);
    if (this.size >= this.limits.perProcess) throw tooMany('No more live streams fit here; try again later.');
    const stream = new LiveStream(principal);
    this.streams.add(stream);
    this.perPerson.set(userId, own + 1);
    stream.once('close', () => {
      this.streams.delete(stream);
      const left = (this.perPerson.get(userId) ?? 1) - 1;
      if (left > 0) this.perPerson.set(userId, left);
      else this.perPerson.delete(userId);
    });
    return stream;
  }

  all(): LiveStream[] {
    return [...this.streams].filter((stream) => !stream.destroyed);
  }

  /** For the health body; each stream carries every topic, but for what administrators alone are told. */
  facts(): Pick<ServiceFacts, 'activeListeners' | 'topics'> {
    const administrators = this.all().filter(({ principal }) => seesEverything(principal.role)).length;
    return {
      activeListeners: { sse: this.size, agents: null },
      topics: Object.fromEntries(
        liveTopics
          .filter((topic) => topic !== 'reset' && topic !== 'beat')
          .map((topic) => [topic, topic === 'enrolment' ? administrators : this.size]),
      ),
    };
  }
}

const tooMany = (message: string): AppError =>
  new AppError('too_many_requests', message, { retryAfterSeconds });
