import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import type { Deadline } from './deadline.js';
import { DialError, toDialError } from './dial-error.js';
import type { Phases } from './phases.js';

export interface HttpQuestion {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

const maxHeaderSize = 32 * 1024;
/** Interim answers (RFC 9110, 15.2) cost the peer nothing and us a parse each. */
const maxInterimAnswers = 10;

/**
 * Asks one question with GET over a connection of our own, which ends with the answer.
 *
 * @returns the answer, its body unread
 * @throws DialError `http` or `timeout`
 */
export async function exchangeHttp(
  socket: Socket,
  { url, headers }: HttpQuestion,
  { deadline, phases }: { deadline: Deadline; phases: Phases },
): Promise<IncomingMessage> {
  const asked = request({
    createConnection: () => socket,
    method: 'GET',
    path: url.pathname + url.search,
    setHost: false,
    maxHeaderSize,
    headers: { host: url.host, ...headers, connection: 'close' },
  });
  deadline.own(asked);
  asked.end();
  try {
    return await phases.measure('first_byte', () => deadline.race(answerOf(asked)));
  } catch (error) {
    throw toDialError('http', error);
  }
}

function answerOf(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let interim = 0;
    asked.on('information', () => {
      interim += 1;
      if (interim > maxInterimAnswers) {
        asked.destroy(new DialError('http', `more than ${maxInterimAnswers} interim answers`));
      }
    });
    asked.once('upgrade', () => reject(new DialError('http', 'the server switched the protocol')));
    asked.once('response', resolve);
    // Stays for what fails once the answer has begun: the reader of the body hears of that.
    asked.on('error', reject);
  });
}
