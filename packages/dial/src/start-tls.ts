import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
// By the module and not by name: on Node 20, which runs the FastCGI front, the system's roots cannot be read.
import tls, { connect, createSecureContext } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';

import { judgeCertificate } from './certificate.js';
import type { CertificateFacts } from './certificate.js';
import type { Deadline } from './deadline.js';
import { toDialError } from './dial-error.js';
import type { Phases } from './phases.js';

/** PEM of a certificate that proves who we are. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface TlsSettings {
  /** The name the certificate must be for: a host name or a literal address. */
  readonly serverName: string;
  readonly trust: TlsTrust;
  /** An identity that the certificate must carry in place of that name, as a URI among its alternative names. */
  readonly identity?: string;
}

/** Who is believed and who we are; made once and used for many connections. */
export class TlsTrust {
  readonly context: SecureContext;

  /**
   * @param roots PEM; without them, those of the runtime and of the operating system
   * @param revoked PEM of the lists of revoked certificates (RFC 5280, 5), one of each authority in a chain; without any,
   * nothing is taken for revoked
   * @param minVersion what is spoken at least
   */
  constructor({
    roots,
    client,
    revoked = [],
    minVersion = 'TLSv1.2',
  }: {
    roots?: readonly string[];
    client?: ClientCertificate;
    revoked?: readonly string[];
    minVersion?: 'TLSv1.2' | 'TLSv1.3';
  } = {}) {
    this.context = createSecureContext({
      ca: [...(roots ?? systemRoots())],
      minVersion,
      ...(client && { cert: client.cert, key: client.key }),
      ...(revoked.length > 0 && { crl: [...revoked] }),
    });
  }
}

const systemRoots = (): string[] => [
  ...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]),
];

export interface SecureConnection {
  readonly socket: TLSSocket;
  readonly certificate: CertificateFacts;
}

/**
 * Shakes hands over a connection that is there. The handshake accepts any certificate and it is judged afterwards: so a
 * check that ignores certificate errors still learns what they are and when the certificate ends.
 *
 * @throws DialError `tls` or `timeout`
 */
export async function startTls(
  socket: Socket,
  { serverName, trust, identity }: TlsSettings,
  { deadline, phases }: { deadline: Deadline; phases: Phases },
): Promise<SecureConnection> {
  const secure = connect({
    socket,
    secureContext: trust.context,
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    // RFC 6066: a literal address is no server name.
    ...(isIP(serverName) ? {} : { servername: serverName }),
    checkServerIdentity: () => undefined,
  });
  deadline.ownSocket(secure);
  try {
    await phases.measure('tls', () => deadline.race(once(secure, 'secureConnect')));
  } catch (error) {
    throw toDialError('tls', error);
  }
  secure.on('error', () => undefined);
  return { socket: secure, certificate: judgeCertificate(secure, { serverName, identity }) };
}
