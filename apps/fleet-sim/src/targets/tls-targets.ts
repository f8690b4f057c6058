import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { CertificateMaker } from './certificates.js';
import { answer } from './good-targets.js';
import type { Target } from './target.js';

export interface TlsTargets {
  readonly targets: Target[];
  /** PEM of the authority that signed the good ones. */
  readonly authority: string;
  /** PEM of a client certificate that the one with mutual TLS accepts. */
  readonly client: { cert: string; key: string };
}

const day = 24 * 60 * 60 * 1000;

/** Peers behind TLS: one that is right, one for each way of being wrong. */
export async function tlsTargets(now: Date): Promise<TlsTargets> {
  const trusted = await CertificateMaker.create('Trusted authority', now);
  const stranger = await CertificateMaker.create('Unknown authority', now);
  const at = (offsetDays: number) => new Date(now.getTime() + offsetDays * day);
  const names = ['localhost', '127.0.0.1'];
  const valid = await trusted.issue({ names, from: at(-1), to: at(30) });
  const certificates = {
    'tls-good': valid,
    'tls-expired': await trusted.issue({ names, from: at(-30), to: at(-1) }),
    'tls-not-yet': await trusted.issue({ names, from: at(1), to: at(30) }),
    'tls-wrong-name': await trusted.issue({ names: ['other.example.org'], from: at(-1), to: at(30) }),
    'tls-common-name-only': await trusted.issue({ names: [], from: at(-1), to: at(30) }),
    'tls-untrusted': await stranger.issue({ names, from: at(-1), to: at(30) }),
  };
  const client = await trusted.issue({ names: ['manager'], from: at(-1), to: at(30), use: 'client' });
  const https = Object.entries(certificates).map(([name, pair]) => ({
    name,
    server: createHttpsServer(pair, answer),
  }));
  const mutual = createTlsServer(
    { ...valid, ca: trusted.pem, requestCert: true, rejectUnauthorized: true },
    (socket) => socket.on('error', () => undefined),
  );
  mutual.on('tlsClientError', () => undefined);
  const stall = createServer((socket) => socket.on('error', () => undefined));
  return {
    targets: [...https, { name: 'tls-mutual', server: mutual }, { name: 'tls-stall', server: stall }],
    authority: trusted.pem,
    client,
  };
}
