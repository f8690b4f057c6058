// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the one place that calls the manager the agent is set up for; packages/dial is the manager's side
import { request as requestPlain } from 'node:http';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- as above
import { request as requestSecure } from 'node:https';

export interface ManagerCall {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly json?: object;
  /** PEM; the only authorities the manager's certificate may come from. Null believes anybody: for the certificate that is compared with a fingerprint. */
  readonly authorities: readonly string[] | null;
}

export interface ManagerAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterSeconds: number | null;
  /** Of this host, towards the manager. */
  readonly localAddress: string | null;
  readonly remoteAddress: string | null;
}

/** The manager cannot be asked, or answers with what cannot be read. */
export class ManagerUnreachable extends Error {}

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * One request to the manager; redirects are not followed.
 *
 * @throws ManagerUnreachable
 */
export function callManager({ url, method = 'GET', json, authorities }: ManagerCall): Promise<ManagerAnswer> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const headers = {
    accept: '*/*',
    // The manager asks for it of everything that changes state.
    'x-patchgate-request': '1',
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  const trust = authorities === null ? { rejectUnauthorized: false } : { ca: [...authorities] };
  const options = { method, headers, agent: false as const, signal: AbortSignal.timeout(TIMEOUT_MS) };
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(new ManagerUnreachable(`${url.origin} cannot be reached: ${cause.message}`, { cause }));
    const request =
      url.protocol === 'https:' ? requestSecure(url, { ...options, ...trust }) : requestPlain(url, options);
    request.once('error', fail).once('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const { localAddress = null, remoteAddress = null } = response.socket;
      response
        .on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) response.destroy(new Error('its answer is too large'));
          else chunks.push(chunk);
        })
        .once('error', fail)
        .once('end', () => {
          const wait = Number(response.headers['retry-after']);
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? wait : null,
            localAddress,
            remoteAddress,
          });
        });
    });
    request.end(body);
  });
}
