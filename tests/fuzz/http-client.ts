import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WireRequest } from './wire-request.js';

export interface WireReply {
  readonly status: number;
  readonly contentType: string;
  readonly cookie: string | undefined;
  readonly text: string;
}

const patienceMs = 20_000;

/** One connection that is kept: fetch would tidy up what the fuzzer wants to send. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly port: number;

  constructor(origin: string) {
    this.port = Number(new URL(origin).port);
  }

  /** @throws when no answer comes, which is a finding too */
  send({ method, path, headers, body }: WireRequest): Promise<WireReply> {
    return new Promise((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port: this.port,
        agent: this.agent,
        method,
        path,
        headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
        timeout: patienceMs,
      });
      sent.once('response', (reply) => {
        const { statusCode: status = 0, headers: answered } = reply;
        const cookie = answered['set-cookie']?.[0]?.split(';')[0];
        const contentType = answered['content-type'] ?? '';
        const body = contentType.startsWith('text/event-stream') ? beginning(reply) : buffer(reply);
        body.then((bytes) => resolve({ status, contentType, cookie, text: bytes.toString() }), reject);
      });
      sent.once('timeout', () => sent.destroy(new Error(`no answer within ${patienceMs} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** What a stream without an end begins with; nothing in the answer to HEAD. */
async function beginning(reply: IncomingMessage): Promise<Buffer> {
  for await (const chunk of reply) return chunk as Buffer;
  return Buffer.alloc(0);
}
