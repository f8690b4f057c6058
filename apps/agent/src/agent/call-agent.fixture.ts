import type { Agent } from 'node:https';
import { request } from 'node:https';

import type { Issued } from '../tls/test-authority.fixture.js';

export interface AgentCall {
  readonly port: number;
  readonly authority: string;
  /** Whose certificate is shown; undefined shows none. */
  readonly as: Issued | undefined;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Sends the body without saying how long it is. */
  readonly isChunked?: boolean;
  readonly agent?: Agent;
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
}

export interface AgentAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** The envelope. */
  readonly json: { success: boolean; data: Record<string, unknown>; error: Record<string, unknown> | null };
}

/** One request over real mutual TLS; rejects when there is no answer. A handshake alone proves nothing in TLS 1.3. */
export function callAgent(call: AgentCall): Promise<AgentAnswer> {
  const {
    port,
    authority,
    as,
    method = 'GET',
    path,
    body,
    agent,
    isChunked = false,
    maxVersion = 'TLSv1.3',
  } = call;
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const length = text === undefined || isChunked ? {} : { 'content-length': Buffer.byteLength(text) };
  const headers = {
    ...(text !== undefined && { 'content-type': 'application/json' }),
    ...length,
    ...call.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, method, path, headers, maxVersion, ca: authority },
        ...(as && { cert: as.certificate, key: as.privateKey }),
        agent: agent ?? false,
        signal: AbortSignal.timeout(20_000),
      },
      (response) => {
        let received = '';
        response.setEncoding('utf8').on('data', (piece: string) => (received += piece));
        response.once('error', reject).once('end', () => {
          const json = received.startsWith('{') ? (JSON.parse(received) as AgentAnswer['json']) : null;
          resolve({ status: response.statusCode!, headers: response.headers, text: received, json: json! });
        });
      },
    );
    sent.once('error', reject);
    sent.end(text);
  });
}
