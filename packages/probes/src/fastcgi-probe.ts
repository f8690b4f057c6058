import { DialError, toDialError } from '@patchgate/dial';
import type { Socket } from 'node:net';

import { Attempt } from './attempt.js';
import type { ProbeContext } from './attempt.js';
import { FastcgiAnswer } from './fastcgi-answer.js';
import type { CgiAnswer } from './fastcgi-answer.js';
import { encodeParams, encodeRecord, recordType } from './fastcgi-record.js';
import { ProbeFailure } from './probe-failure.js';
import type { ProbeResult } from './probe-result.js';

export interface FastcgiCheck {
  readonly type: 'fastcgi';
  readonly host: string;
  readonly port: number;
  /** Begins with a slash. */
  readonly scriptPath: string;
  /** Compared with the whole body, both trimmed. */
  readonly expectedBody: string;
}

/** Section 5.1 of FastCGI 1.0: the role of a responder, and no flags, so that the server closes. */
const beginAsResponder = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);

/** Healthy when the application answers the path with status 200 and exactly the expected text. */
export async function probeFastcgi(check: FastcgiCheck, context: ProbeContext): Promise<ProbeResult> {
  return Attempt.run(context, async (attempt) => {
    const socket = await attempt.connect(check);
    const { status, body } = await ask(attempt, socket, check);
    if (status !== 200) throw new ProbeFailure('bad_answer', `status ${status}`);
    if (body.trim() !== check.expectedBody.trim()) {
      throw new ProbeFailure('bad_answer', 'the answer is not the expected text');
    }
    return 'status 200, the expected answer';
  });
}

async function ask(attempt: Attempt, socket: Socket, check: FastcgiCheck): Promise<CgiAnswer> {
  const { phases, deadline } = attempt;
  let hasAnswered = false;
  try {
    socket.write(requestFor(check));
    const first = await phases.measure('first_byte', () => deadline.race(nextChunk(socket)));
    hasAnswered = true;
    return await phases.measure('body', () => deadline.race(readAnswer(socket, first)));
  } catch (error) {
    if (error instanceof ProbeFailure) throw error;
    // The kernel accepts what the pool has no worker for: connected and silent is full, not down.
    if (error instanceof DialError && error.reason === 'timeout' && !hasAnswered) {
      throw new ProbeFailure('pool_busy', 'connected, but no worker of the pool answered in time');
    }
    throw toDialError('connect', error);
  }
}

async function readAnswer(socket: Socket, first: Buffer): Promise<CgiAnswer> {
  const answer = new FastcgiAnswer();
  for (let chunk = first; ; chunk = await nextChunk(socket)) {
    const complete = answer.push(chunk);
    if (complete) return complete;
  }
}

function nextChunk(socket: Socket): Promise<Buffer> {
  const waiting = socket.read() as Buffer | null;
  if (waiting) return Promise.resolve(waiting);
  return new Promise((resolve, reject) => {
    const onReadable = () => {
      const chunk = socket.read() as Buffer | null;
      if (chunk) settle(() => resolve(chunk));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onEnd = () =>
      settle(() =>
        reject(new ProbeFailure('bad_answer', 'the server closed before its answer was complete')),
      );
    const settle = (verdict: () => void) => {
      socket.off('readable', onReadable).off('error', onError).off('end', onEnd);
      verdict();
    };
    socket.on('readable', onReadable).once('error', onError).once('end', onEnd);
  });
}

function requestFor({ host, port, scriptPath }: FastcgiCheck): Buffer {
  const params = encodeParams({
    GATEWAY_INTERFACE: 'CGI/1.1',
    REQUEST_METHOD: 'GET',
    SCRIPT_NAME: scriptPath,
    SCRIPT_FILENAME: scriptPath,
    REQUEST_URI: scriptPath,
    DOCUMENT_URI: scriptPath,
    QUERY_STRING: '',
    SERVER_SOFTWARE: 'Patchgate',
    SERVER_PROTOCOL: 'HTTP/1.1',
    SERVER_ADDR: host,
    SERVER_PORT: String(port),
  });
  return Buffer.concat([
    encodeRecord(recordType.begin, beginAsResponder),
    encodeRecord(recordType.params, params),
    encodeRecord(recordType.params),
    encodeRecord(recordType.stdin),
  ]);
}
