import { hostname, networkInterfaces } from 'node:os';
import { AuthorityService } from '../features/pki/authority.service.js';
import { certificateNames } from '../features/pki/certificate-names.js';
import type { Machine } from '../features/pki/certificate-names.js';
import { OwnCertificate } from '../features/pki/own-certificate.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { CertificateFiles } from '../features/pki/certificate-files.js';
import type { ServedCertificate } from '../features/pki/served-certificate.js';
import type { Sealer } from '../platform/secrets/sealer.js';
import type { Service } from './service.js';

type Platform = Pick<Service, 'config' | 'clock' | 'dataSource'>;

/**
 * The authority, made if there is none, and the certificate the configuration asks for; null where plain HTTP is right.
 * Before the container, because the listener is the first thing the container is built on.
 *
 * @throws ConfigError when the certificate files it names cannot be used
 */
export async function openPki(
  platform: Platform,
  sealer: Sealer,
): Promise<{ authority: AuthorityService; certificate: ServedCertificate | null }> {
  const { dataSource, clock } = platform;
  const authority = new AuthorityService(dataSource, new UnitOfWork(dataSource, clock), sealer, clock);
  await authority.ensure();
  return { authority, certificate: await openCertificate(platform, authority) };
}

async function openCertificate(
  { config, clock }: Platform,
  authority: AuthorityService,
): Promise<ServedCertificate | null> {
  switch (config.transport.kind) {
    case 'plain':
      return null;
    case 'certificate_files':
      return await CertificateFiles.open(config.transport, clock);
    case 'own_certificate':
      return await OwnCertificate.issue(authority, () => certificateNames(config, thisMachine()), clock);
  }
}

function thisMachine(): Machine {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return { hostName: hostname(), addresses: addresses.map(({ address }) => address) };
}
