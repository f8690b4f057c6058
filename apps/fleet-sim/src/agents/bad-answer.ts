import type { Socket } from 'node:net';

import { flood, repeatedly } from '../targets/target.js';
import type { badAnswers } from './script.js';

type BadAnswer = (typeof badAnswers)[number];

const json = (text: string, status = '200 OK', length = Buffer.byteLength(text)): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${text}`;

/** Answers on the wire what no agent should. The connection is one that the manager trusts. */
export function answerBadly(socket: Socket, kind: BadAnswer): void {
  switch (kind) {
    case 'not_json':
      socket.end(json('<html>Bad gateway</html>'));
      return;
    case 'empty':
      socket.end(json(''));
      return;
    case 'truncated':
      socket.end(json('{"success":true,"data":{"ver', '200 OK', 5_000));
      return;
    case 'no_envelope':
      socket.end(json('{"version":"1","healthy":true}'));
      return;
    case 'wrong_shape':
      socket.end(json('{"success":true,"data":[{"healthy":true}],"error":null}'));
      return;
    case 'null_data':
      socket.end(json('{"success":true,"data":null,"error":null}'));
      return;
    case 'plain_500':
      socket.end('HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\noops');
      return;
    case 'redirect':
      socket.end('HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n');
      return;
    case 'switch_protocols':
      socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
      return;
    case 'two_answers':
      socket.end(json('{"success":true') + json('{"success":true,"data":{},"error":null}'));
      return;
    case 'wrong_length':
      socket.end(json('{"success":true,"data":{"version":"1"},"error":null}', '200 OK', 10));
      return;
    case 'huge':
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n',
      );
      flood(socket, Buffer.alloc(64 * 1024, '['));
      return;
    case 'endless_headers':
      socket.write('HTTP/1.1 200 OK\r\n');
      flood(socket, Buffer.from(`x-more: ${'a'.repeat(1_000)}\r\n`));
      return;
    case 'drip':
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
      repeatedly(socket, 100, () => socket.write(' '));
      return;
    case 'hang':
      return;
    case 'hang_up':
      socket.destroy();
      return;
  }
}
