import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import type { Deadline } from './deadline.js';
import { DialError, toDialError } from './dial-error.js';
import type { DialPolicy } from './dial-policy.js';
import type { Phases } from './phases.js';
import { addressesOf } from './resolve.js';
import type { Resolve } from './resolve.js';

export interface Target {
  /** A name or a literal address, as it stands in a URL or a field. */
  readonly host: string;
  readonly port: number;
}

export interface DialContext {
  readonly deadline: Deadline;
  readonly policy: DialPolicy;
  readonly resolve: Resolve;
  readonly phases: Phases;
  /** Told the literal address before it is dialled: whoever is refused wants to know by whom. */
  readonly onAddress: (address: string) => void;
}

/**
 * The only way to a host: every address of the name must be permitted, and the connection goes to one of those very
 * addresses, so that a name which changes its answer between check and use gains nothing.
 *
 * @throws DialError `dns`, `blocked`, `connect` or `timeout`
 */
export async function dial({ host, port }: Target, context: DialContext): Promise<Socket> {
  const { deadline, policy, resolve, phases } = context;
  const addresses = await phases.measure('dns', () => deadline.race(addressesOf(host, resolve)));
  if (!addresses.every((address) => policy.permits(address, port))) {
    throw new DialError('blocked', 'the address is not one that checks may connect to');
  }
  const [address] = addresses;
  context.onAddress(address);
  const socket = connect({ host: address, port, autoSelectFamily: false, noDelay: true });
  deadline.ownSocket(socket);
  try {
    await phases.measure('connect', () => deadline.race(once(socket, 'connect')));
  } catch (error) {
    throw toDialError('connect', error);
  }
  // Whoever reads from the socket hears of its errors; between readers nobody does.
  socket.on('error', () => undefined);
  return socket;
}
