// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- our own management endpoint; no managed host is dialled
import { get } from 'node:http';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the ports of this machine; no managed host is dialled
import { createServer } from 'node:net';

/** The port when nobody listens on it now, undefined when somebody does; 0 lets the kernel choose. */
export async function claimablePort(wanted: number, host = '127.0.0.1'): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(wanted, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(port));
    });
  });
}

/** The status of a GET to one of our own processes; undefined when nothing answers within a second. */
export async function statusOf(url: string): Promise<number | undefined> {
  return await new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 1_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
  });
}
