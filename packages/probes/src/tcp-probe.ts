import { toDialError } from '@patchgate/dial';
import type { Socket } from 'node:net';

import { Attempt } from './attempt.js';
import type { ProbeContext } from './attempt.js';
import { ProbeFailure } from './probe-failure.js';
import type { ProbeResult } from './probe-result.js';

export interface TcpCheck {
  readonly type: 'tcp';
  readonly host: string;
  readonly port: number;
  /** `mutual` presents the manager's own certificate. */
  readonly tls: 'none' | 'server' | 'mutual';
  readonly ignoreCertErrors: boolean;
}

/** How long a server has to refuse us after a handshake that looks complete from here. */
const verdictMs = 300;

/** Healthy when the connection is made and, with TLS, the handshake is complete and the certificate holds. */
export async function probeTcp(check: TcpCheck, context: ProbeContext): Promise<ProbeResult> {
  return Attempt.run(context, async (attempt) => {
    const plain = await attempt.connect(check);
    if (check.tls === 'none') return 'connected';
    const trust = check.tls === 'mutual' ? context.mutualTrust : context.trust;
    if (!trust) throw new ProbeFailure('tls', 'this manager has no client certificate to present');
    const secure = await attempt.secure(plain, {
      serverName: check.host,
      trust,
      ignoreCertErrors: check.ignoreCertErrors,
    });
    await attempt.phases.measure('tls', () => attempt.deadline.race(acceptedBy(secure)));
    return `connected, ${secure.getProtocol() ?? 'TLS'}`;
  });
}

/**
 * With TLS 1.3 the client is through before the server has judged its certificate (RFC 8446, 2). A ticket or data says
 * that we are in; an alert or the end that we are not; silence means that there is nothing to judge.
 */
function acceptedBy(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, verdictMs);
    const settle = (verdict: () => void) => () => {
      clearTimeout(timer);
      verdict();
    };
    socket.once('session', settle(resolve));
    socket.once('data', settle(resolve));
    socket.once('error', (error) => settle(() => reject(toDialError('tls', error)))());
    socket.once(
      'close',
      settle(() => reject(new ProbeFailure('tls', 'the server closed after the handshake'))),
    );
  });
}
