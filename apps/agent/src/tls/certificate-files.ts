import path from 'node:path';

export interface CertificateFiles {
  /** Certificate and private key in one file, so that one rename replaces both. */
  readonly identity: string;
  /** The authorities that may sign a manager's certificate. */
  readonly authorities: string;
  readonly revoked: string;
  /** The key of the certificate that was asked for last. */
  readonly nextKey: string;
}

export const certificateFiles = (directory: string): CertificateFiles => ({
  identity: path.join(directory, 'identity.pem'),
  authorities: path.join(directory, 'ca.pem'),
  revoked: path.join(directory, 'crl.pem'),
  nextKey: path.join(directory, 'next-key.pem'),
});
