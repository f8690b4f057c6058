import { setInterval } from 'node:timers/promises';
import type { SecureContextOptions } from 'node:tls';
import type { Logger } from '../../platform/logger/logger.js';
import { tlsLimits } from '../../platform/http/http-server.js';
import type { ServedCertificate } from './served-certificate.js';

interface KeepFreshOptions {
  readonly server: { setSecureContext(options: SecureContextOptions): void };
  readonly certificate: ServedCertificate;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Default one hour, which is nothing beside the life of a certificate. */
  readonly everyMs?: number;
}

/**
 * Shows a new certificate to new connections as soon as there is one; those that are open keep theirs. What fails is
 * tried again the next time: the current certificate is good for weeks.
 */
export async function keepCertificateFresh(options: KeepFreshOptions): Promise<void> {
  const { signal, everyMs = 3_600_000 } = options;
  try {
    for await (const _ of setInterval(everyMs, undefined, { signal, ref: false })) await renewOnce(options);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function renewOnce({ server, certificate, logger }: KeepFreshOptions): Promise<void> {
  try {
    const renewed = await certificate.renew();
    if (renewed === undefined) return;
    // It replaces what was set before as a whole.
    server.setSecureContext({ ...renewed, ...tlsLimits });
    logger.info({}, 'certificate renewed');
  } catch (error) {
    logger.error({ err: error }, 'certificate not renewed');
  }
}
