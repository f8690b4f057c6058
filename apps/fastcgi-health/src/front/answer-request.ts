import type { Logger } from '../logger.js';
import type { Destination } from './destination.js';
import { printableUri } from './printable-uri.js';

/** More at once would take the descriptors that the next question needs. */
export const mostQuestions = 256;

/** Answers with a status alone. */
export class Answerer {
  #underWay = 0;

  constructor(
    private readonly destination: Pick<Destination, 'ask' | 'check'>,
    private readonly log: Logger,
  ) {}

  /** @param uri as the client wrote it: a path, a whole URL, `*`, or the authority of a CONNECT */
  async answer(uri: string): Promise<200 | 404> {
    if (isOwnHealth(uri)) return 200;
    const { host, port, scriptPath, expectedBody } = this.destination.check;
    const destination = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.log.debug(
      { uri: printableUri(uri), destination, path: scriptPath, expected: expectedBody },
      'destination asked',
    );
    if (this.#underWay >= mostQuestions) {
      this.log.warn({ destination, reason: 'too_many_questions', mostQuestions }, 'destination not asked');
      return 404;
    }
    this.#underWay += 1;
    try {
      const { healthy, reason, detail, latency_ms: latencyMs } = await this.destination.ask();
      if (healthy) return 200;
      this.log.warn({ destination, reason, detail, latencyMs }, 'destination not healthy');
    } catch (error) {
      this.log.error({ err: error, destination }, 'destination could not be asked');
    } finally {
      this.#underWay -= 1;
    }
    return 404;
  }
}

function isOwnHealth(uri: string): boolean {
  const [path = ''] = uri.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/);
  return path === '/health' || path === '/healthz';
}
