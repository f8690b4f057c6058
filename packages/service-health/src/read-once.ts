// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- reads a health endpoint for `patchgate wait`, no host
import { get as getHttp } from 'node:http';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- as above, for an endpoint behind TLS
import { get as getHttps } from 'node:https';

/** Far more than a health body; a server that sends more is not what we wait for. */
const MAX_BODY_BYTES = 65_536;

/**
 * One GET over a connection of its own, without following redirects.
 *
 * @returns the status and the first 64 KiB of the body.
 * @throws Error with a `code` when there is no whole answer, `ABORT_ERR` when `signal` ends it.
 */
export function readOnce(url: URL, signal: AbortSignal): Promise<{ status: number; body: string }> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () => {
        const body = Buffer.concat(chunks).toString('utf8', 0, MAX_BODY_BYTES);
        resolve({ status: response.statusCode ?? 0, body });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size < MAX_BODY_BYTES) return;
        finish();
        request.destroy();
      });
      response.once('end', finish);
      response.once('error', reject);
    });
    request.once('error', reject);
  });
}
