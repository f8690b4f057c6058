import type { IncomingMessage } from 'node:http';

import { messageOf } from '../platform/messages.js';
import { AgentRefusal } from './agent-refusal.js';

const MAX_BODY_BYTES = 256 * 1024;

/**
 * @returns the parsed JSON; undefined without a body
 * @throws AgentRefusal `BODY_TOO_LARGE` before more than the limit is kept, `VALIDATION_ERROR` for what is no JSON
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  if (bytes === 0) return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new AgentRefusal('VALIDATION_ERROR', 'content-type: expected application/json');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new AgentRefusal('VALIDATION_ERROR', `body: no JSON: ${messageOf(error).slice(0, 200)}`, {
      cause: error,
    });
  }
}

function tooLarge(): AgentRefusal {
  // The rest of the body is not read, so the connection cannot be used again.
  return new AgentRefusal('BODY_TOO_LARGE', `the body is larger than ${MAX_BODY_BYTES} bytes`, {
    headers: { connection: 'close' },
  });
}
