// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- connects to this process's own listener, to no host
import { connect } from 'node:net';

/**
 * Opens and closes one TCP connection to a listener of this process. The wildcard addresses stand for loopback.
 *
 * @throws Error with a `code` (`ECONNREFUSED`) when it cannot, `ABORT_ERR` when `signal` ends it.
 */
export function connectToSelf(address: { host: string; port: number }, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: reachable(address.host), port: address.port, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
