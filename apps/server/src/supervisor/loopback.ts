// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the ports of this machine; no managed host is dialled
import { createServer } from 'node:net';

/** A port nobody listens on now; 0 lets the kernel choose. Undefined when the wanted one is taken. */
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
      server.close(() => {
        resolve(port);
      });
    });
  });
}
