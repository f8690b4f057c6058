import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { flood, repeatedly } from './target.js';
import type { Target } from './target.js';

const ok = (headers: string): string => `HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`;
const kib = Buffer.alloc(1024, 'x');
// A member of a gzip stream (RFC 1952): members in a row decode to all of their contents, so a bomb needs no memory here.
const mebibyteOfNothing = gzipSync(Buffer.alloc(1024 * 1024));

/** What happens once a request has come. */
const answers: Readonly<Record<string, (socket: Socket) => void>> = {
  'header-drip': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
    repeatedly(socket, 50, () => socket.write('x'));
  },
  'body-drip': (socket) => {
    socket.write(ok('content-type: text/plain'));
    repeatedly(socket, 50, () => socket.write('x'));
  },
  'endless-body': (socket) => {
    socket.write(ok('content-type: text/plain'));
    flood(socket, kib);
  },
  'endless-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    flood(socket, Buffer.from(`x-more: ${'x'.repeat(100)}\r\n`));
  },
  'huge-length': (socket) => {
    socket.write(ok('content-length: 1000000000000') + 'a beginning');
  },
  'gzip-bomb': (socket) => {
    socket.write(ok('content-encoding: gzip'));
    flood(socket, mebibyteOfNothing);
  },
  'redirect-loop': (socket) => {
    socket.end('HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n');
  },
  'redirect-to-metadata': (socket) => {
    socket.end('HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/latest/\r\ncontent-length: 0\r\n\r\n');
  },
  'redirect-to-file': (socket) => {
    socket.end('HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\ncontent-length: 0\r\n\r\n');
  },
  'reset-mid-body': (socket) => {
    socket.write(`${ok('content-length: 1000')}half of it`, () => socket.resetAndDestroy());
  },
  'closes-mid-body': (socket) => {
    socket.end(`${ok('content-length: 1000')}half of it`);
  },
  'half-open': (socket) => {
    socket.end();
  },
  'continue-flood': (socket) => {
    flood(socket, Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'));
  },
  'broken-chunking': (socket) => {
    socket.write(`${ok('transfer-encoding: chunked')}5\r\nhello\r\nzz\r\nbroken\r\n`);
  },
  'no-http': (socket) => {
    socket.end('220 mail.example.org ESMTP\r\n');
  },
  'unknown-coding': (socket) => {
    socket.end(`${ok('content-encoding: compress, gzip')}x`);
  },
};

/** Peers that break the rules of HTTP or of good manners, one name each. */
export function rawTargets(): Target[] {
  const hostile = Object.entries(answers).map(([name, answer]) => ({
    name,
    server: createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('end', () => socket.destroy());
      socket.once('data', () => answer(socket));
    }),
  }));
  return [
    ...hostile,
    { name: 'silent', server: createServer((socket) => socket.on('error', () => undefined)) },
  ];
}
