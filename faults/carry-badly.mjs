// What a network does to a connection, told apart by who knows of it.

/** @typedef {import('node:net').Socket} Socket */

export const faultKinds = /** @type {const} */ ([
  // Every piece comes later.
  'latency',
  // Nothing comes any more, either way, and nobody is told.
  'drop',
  // Both sides are told at once.
  'reset',
  // The far side is gone; the near one is not told.
  'half_open',
  // What was asked arrives and is done; the answer is lost.
  'lose_reply',
  // The near side is told that it failed, and later it arrives after all.
  'late',
]);

/**
 * @typedef {object} Fault
 * @property {typeof faultKinds[number]} kind
 * @property {number} afterBytes from the near side that pass before it happens
 * @property {number} delayMs of `latency` and `late`
 */

/** How long the far side of a late message may take to answer into nothing. */
const lateReplyMs = 2_000;

/**
 * @param {Socket} client
 * @param {Socket} upstream
 * @param {Fault | null} fault
 * @param {(kind: Fault['kind']) => void} onFault
 */
export function carryBadly(client, upstream, fault, onFault) {
  let passed = 0;
  let hasHappened = false;
  const happen = (/** @type {Fault} */ { kind }) => {
    if (!hasHappened) onFault(kind);
    hasHappened = true;
  };
  const isDue = () => fault !== null && passed >= fault.afterBytes;

  client.on('data', (chunk) => {
    passed += chunk.length;
    if (fault === null || !isDue()) upstream.write(chunk);
    else {
      happen(fault);
      sendBadly(client, upstream, fault, chunk);
    }
  });
  upstream.on('data', (chunk) => {
    if (fault === null || !hasHappened) client.write(chunk);
    else answerBadly(client, upstream, fault, chunk);
  });
  client.on('end', () => upstream.end());
  upstream.on('end', () => client.end());
  // Whoever is not to know of an end is not told of it.
  const isKeptFrom = () => hasHappened && (fault?.kind === 'half_open' || fault?.kind === 'drop');
  upstream.on('close', () => !isKeptFrom() && client.destroy());
  client.on('close', () => !(hasHappened && fault?.kind === 'late') && upstream.destroy());
}

/** @param {Socket} client @param {Socket} upstream @param {Fault} fault @param {Buffer} chunk */
function sendBadly(client, upstream, { kind, delayMs }, chunk) {
  switch (kind) {
    case 'latency':
      setTimeout(() => upstream.writable && upstream.write(chunk), delayMs);
      return;
    case 'drop':
      return;
    case 'reset':
      upstream.resetAndDestroy();
      client.resetAndDestroy();
      return;
    case 'half_open':
      upstream.resetAndDestroy();
      return;
    case 'lose_reply':
      upstream.write(chunk);
      return;
    case 'late':
      client.resetAndDestroy();
      setTimeout(() => upstream.writable && upstream.write(chunk), delayMs);
      setTimeout(() => upstream.destroy(), delayMs + lateReplyMs);
      return;
  }
}

/** @param {Socket} client @param {Socket} upstream @param {Fault} fault @param {Buffer} chunk */
function answerBadly(client, upstream, { kind, delayMs }, chunk) {
  switch (kind) {
    case 'latency':
      setTimeout(() => client.writable && client.write(chunk), delayMs);
      return;
    case 'lose_reply':
      client.resetAndDestroy();
      upstream.destroy();
      return;
    case 'drop':
    case 'reset':
    case 'half_open':
    case 'late':
      return;
  }
}
