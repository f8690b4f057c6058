// A program of ours in a process of its own, seen from outside.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What is kept of what it says, for whoever has to find out why it ended. */
const keptCharacters = 64 * 1024;

/** @typedef {ReturnType<typeof startChild>} Child */

/**
 * @param {readonly string[]} args of node
 * @param {Record<string, string | undefined>} environment
 */
export function startChild(args, environment) {
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', process.execPath, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  /** @type {Set<() => void>} */
  const listeners = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said = (said + text).slice(-keptCharacters);
      for (const listener of listeners) listener();
    });
  }
  let hasEnded = false;
  // "close" and not "exit": its last words are there too.
  const ended = once(child, 'close').then(([code, signal]) => {
    hasEnded = true;
    for (const listener of listeners) listener();
    return /** @type {number | NodeJS.Signals} */ (code ?? signal);
  });
  return {
    pid: child.pid ?? 0,
    ended,
    isRunning: () => !hasEnded,
    said: () => said,
    /** @param {NodeJS.Signals} signal */
    kill: (signal) => child.kill(signal),
    /** @param {object} message */
    tell: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    /** @param {(message: any) => void} listener */
    onWord: (listener) => child.on('message', listener),
    /** @param {RegExp} pattern @returns {Promise<RegExpExecArray>} the first match, waited for */
    saying: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said);
          if (!match && !hasEnded) return;
          listeners.delete(look);
          if (match) resolve(match);
          else reject(new Error(`it ended without ${String(pattern)}:\n${said}`));
        };
        listeners.add(look);
        look();
      }),
  };
}
