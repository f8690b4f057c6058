import type { Server, Socket } from 'node:net';

/** A peer to probe: what it does with each connection. */
export interface Target {
  readonly name: string;
  readonly server: Server;
}

/** Ends when the socket does, so that a drip does not outlive who listens to it. */
export function repeatedly(socket: Socket, everyMs: number, act: () => void): void {
  const timer = setInterval(act, everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** Writes for as long as the other side reads. */
export function flood(socket: Socket, chunk: Buffer): void {
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', write);
  write();
}
