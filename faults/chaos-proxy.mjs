// A TCP proxy that behaves until it is told not to. It sees bytes and no meaning: TLS goes through it unread.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { carryBadly } from './carry-badly.mjs';

/** @typedef {import('./carry-badly.mjs').Fault} Fault */
/** @typedef {{ host: string, port: number }} Place */
/** @typedef {Awaited<ReturnType<typeof startChaosProxy>>} ChaosProxy */

/**
 * @typedef {object} Mood
 * @property {() => Fault | null} draw what becomes of the next connection
 * @property {(kind: Fault['kind']) => void} onFault it has happened
 */

/** @type {Mood} */
const calm = { draw: () => null, onFault: () => undefined };

/** @param {{ listen: Place, target: Place }} places */
export async function startChaosProxy({ listen, target }) {
  let mood = calm;
  /** @type {Set<import('node:net').Socket>} */
  const open = new Set();
  const keep = (/** @type {import('node:net').Socket} */ socket) => {
    open.add(socket);
    socket.setNoDelay(true).once('close', () => open.delete(socket));
    // Broken connections are what this is about.
    socket.on('error', () => undefined);
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true });
    keep(client);
    keep(upstream);
    carryBadly(client, upstream, mood.draw(), mood.onFault);
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : listen.port,
    /** @param {Mood | null} next null: all is well. Connections that were made in the mood before end */
    turn: (next) => {
      mood = next ?? calm;
      for (const socket of open) socket.destroy();
    },
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** @param {readonly { listen: Place, target: Place }[]} all */
export const startChaosProxies = (all) => Promise.all(all.map(startChaosProxy));
