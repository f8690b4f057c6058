import { createServer } from 'node:net';
import type { Socket } from 'node:net';

import type { Target } from './target.js';

const record = (type: number, content: string | Buffer): Buffer => {
  const body = Buffer.from(content);
  const header = Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]);
  return Buffer.concat([header, body]);
};
const end = (protocolStatus: number, exitCode = 0): Buffer =>
  record(3, Buffer.from([0, 0, 0, exitCode, protocolStatus, 0, 0, 0]));
const stdout = (text: string): Buffer => record(6, text);

/** What the server sends once a request has come, in pieces. */
const answers: Readonly<Record<string, Buffer[]>> = {
  'fastcgi-good': [stdout('Content-type: text/plain\r\n\r\n'), stdout(' pong\n'), end(0)],
  'fastcgi-other': [stdout('Content-type: text/plain\r\n\r\nping'), end(0)],
  'fastcgi-not-found': [stdout('Status: 404 Not Found\r\n\r\npong'), end(0)],
  'fastcgi-overloaded': [end(2)],
  'fastcgi-failed': [stdout('\r\n\r\npong'), end(0, 1)],
  'fastcgi-cut': [stdout('Content-type: text/plain\r\n\r\npong')],
  'fastcgi-endless': Array.from({ length: 100 }, () => stdout('x'.repeat(60_000))),
  'fastcgi-garbage': [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
};

/** As a pool that is well answers its ping, whatever is asked. */
export function answerPong(socket: Socket): void {
  const pieces = [stdout('Content-type: text/plain\r\n\r\npong'), end(0)];
  socket.once('data', () => socket.end(Buffer.concat(pieces)));
}

/** Peers that speak FastCGI, more or less; each byte of the good one comes on its own. */
export function fastcgiTargets(): Target[] {
  return Object.entries(answers).map(([name, pieces]) => ({
    name,
    server: createServer((socket) => {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('data', () => {
        const bytes = Buffer.concat(pieces);
        if (name === 'fastcgi-good') for (const byte of bytes) socket.write(Buffer.from([byte]));
        else socket.write(bytes);
        socket.end();
      });
    }),
  }));
}
