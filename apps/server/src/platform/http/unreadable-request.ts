import { errorStatus } from '@patchgate/contracts';
import type { Socket } from 'node:net';
import { AppError } from '../app-error.js';
import { newId } from '../ids/new-id.js';
import { problemBody } from './problem.filter.js';
import { securityHeaders } from './security-headers.js';

interface UnreadableRequest extends Error {
  readonly code?: string | undefined;
  /** What came, as far as it came in one piece; a buffer, whatever the framework's types say. */
  readonly rawPacket?: unknown;
}

/**
 * Answers what cannot even be read as a request. There is no reply object at that point, only the connection; the answer
 * has the same shape and headers as every other (SEC-H1), and the connection ends with it.
 */
export function answerUnreadable(error: UnreadableRequest, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error);
  const status = errorStatus[problem.code];
  const body = JSON.stringify(problemBody(problem, newId()));
  const headers = {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${problem.code}`, ...lines];
  socket.end(`${head.join('\r\n')}\r\n\r\n${asksForHeadOnly(error) ? '' : body}`);
}

/** RFC 9110, 9.3.2: whoever sent HEAD takes a body for the beginning of the next answer. */
const asksForHeadOnly = ({ rawPacket }: UnreadableRequest): boolean =>
  Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString('latin1') === 'HEAD ';

function problemOf(error: UnreadableRequest): AppError {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return new AppError('headers_too_large', 'The address and the headers are too large together.', {
      cause: error,
    });
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError('request_timeout', 'The request did not arrive in time.', { cause: error });
  }
  return new AppError('invalid_request', 'This is not a valid HTTP request.', { cause: error });
}
