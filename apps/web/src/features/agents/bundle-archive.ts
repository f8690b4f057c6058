import type { CertificateBundleView } from '@patchgate/contracts';
import { toTar } from '../../lib/tar.js';

/** The bundle as the public agent looks for it, with the rights its files are to have. */
export const bundleArchive = (bundle: CertificateBundleView): Uint8Array<ArrayBuffer> =>
  toTar([
    { path: 'certs/ca.pem', text: bundle.ca_crt, mode: 0o644 },
    { path: 'certs/server.pem', text: bundle.server_crt, mode: 0o644 },
    { path: 'certs/server.key.pem', text: bundle.server_key, mode: 0o600 },
    { path: 'certs/crl.pem', text: bundle.crl_pem, mode: 0o644 },
  ]);
