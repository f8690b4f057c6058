import { createBrotliDecompress, createUnzip, createZstdDecompress } from 'node:zlib';
import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';

import type { Deadline } from '@patchgate/dial';

import { ProbeFailure } from './probe-failure.js';

/**
 * The body without its content coding (RFC 9110, 8.4). We ask for none, and some servers compress all the same.
 *
 * @throws ProbeFailure `body` for a coding that nobody here knows, or several on top of each other
 */
export function decodeBody(answer: IncomingMessage, deadline: Deadline): Readable {
  const coding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding === 'identity' || coding === '') return answer;
  const decoder = decoderOf(coding);
  if (!decoder)
    throw new ProbeFailure('body', `the body is encoded as ${coding.slice(0, 50)}, which was not asked for`);
  deadline.own(decoder);
  answer.on('error', (error) => decoder.destroy(error));
  return answer.pipe(decoder);
}

function decoderOf(coding: string): Transform | undefined {
  if (['gzip', 'x-gzip', 'deflate'].includes(coding)) return createUnzip();
  if (coding === 'br') return createBrotliDecompress();
  if (coding === 'zstd') return createZstdDecompress();
  return undefined;
}
