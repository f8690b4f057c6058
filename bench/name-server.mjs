// Names that answer well, late, with far too much or not at all; asked only by whom `withNameServer` starts.
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One of our own, because the port is given: resolv.conf knows no other. */
const address = `127.53.${process.pid & 255}.${1 + ((process.pid >> 8) & 127)}`;
const port = 53;
const slowMs = 4_000;
/** What a name is like is the label before these. */
export const zone = 'patchgate.test';

/** Only root may listen where name servers do and say which one a program asks, and not in every container. */
export const canServeNames = () =>
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

/** @returns {Promise<{ commandLine: (command: readonly string[]) => string[], stop: () => void }>} */
export async function startNameServer() {
  const datagrams = createSocket('udp4');
  datagrams.on('message', (question, { port: from, address: peer }) => {
    answer(question, 512, (reply) => datagrams.send(reply, from, peer));
  });
  datagrams.bind(port, address);
  await once(datagrams, 'listening');
  const streams = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) =>
      answer(bytes.subarray(2), 65_535, (reply) => {
        socket.write(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
      }),
    );
  }).listen(port, address);
  await once(streams, 'listening');
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-names-'));
  const file = path.join(directory, 'resolv.conf');
  writeFileSync(file, `nameserver ${address}\n`);
  return {
    // In a mount namespace of its own, so that the machine keeps its resolver.
    commandLine: (command) => [
      ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c'],
      ...['mount --bind "$0" /etc/resolv.conf && exec "$@"', file, ...command],
    ],
    stop: () => {
      datagrams.close();
      streams.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/**
 * A message of RFC 1035 for a question of one.
 *
 * @param {Buffer} question
 * @param {number} mostBytes
 * @param {(reply: Buffer) => void} send
 */
function answer(question, mostBytes, send) {
  const { kind, end } = readName(question);
  if (kind === 'silent') return;
  const isForIpv4 = question.readUInt16BE(end) === 1;
  const count = isForIpv4 ? (kind === 'huge' ? 200 : 1) : 0;
  const records = Array.from({ length: count }, (_, n) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, n + 1]),
  );
  const header = Buffer.from(question.subarray(0, 12));
  const isCut = 12 + end + 16 * count > mostBytes;
  header.writeUInt16BE(isCut ? 0x8780 : 0x8580, 2);
  header.writeUInt16BE(isCut ? 0 : count, 6);
  header.writeUInt32BE(0, 8);
  const reply = Buffer.concat([header, question.subarray(12, end + 4), ...(isCut ? [] : records)]);
  if (kind === 'slow') setTimeout(send, slowMs, reply).unref();
  else send(reply);
}

/** @param {Buffer} question @returns {{ kind: string, end: number }} the label before the zone, the offset behind the name */
function readName(question) {
  const labels = [];
  let at = 12;
  while (question[at]) {
    const length = question[at] ?? 0;
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { kind: labels[1] ?? '', end: at + 1 };
}
