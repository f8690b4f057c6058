import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { ConfigError } from '../config/config-error.js';
import { messageOf } from '../platform/messages.js';
import type { CertificateFiles } from './certificate-files.js';
import { certificatesIn } from './pem.js';

/** What the agent shows and whom it believes. */
export interface Identity {
  /** PEM: the certificate and what it needs up to an authority. */
  readonly chain: string;
  /** PEM. */
  readonly privateKey: string;
  readonly certificate: X509Certificate;
  readonly authorities: readonly X509Certificate[];
}

/** @throws ConfigError that says what is missing or does not fit together */
export async function readIdentity(files: CertificateFiles): Promise<Identity> {
  const [pem, bundle] = await Promise.all([read(files.identity), read(files.authorities)]);
  return parseIdentity(pem, bundle, files.identity);
}

/** @throws ConfigError */
function parseIdentity(pem: string, bundle: string, file: string): Identity {
  const chain = certificatesIn(pem);
  const authorities = certificatesIn(bundle).map((text) => new X509Certificate(text));
  const [leaf] = chain;
  if (leaf === undefined) throw new ConfigError(`${file}: no certificate in it`);
  if (authorities.length === 0) throw new ConfigError(`${file}: no authority beside it (ca.pem)`);
  const certificate = new X509Certificate(leaf);
  const privateKey = /-----BEGIN (?:EC )?PRIVATE KEY-----[\s\S]+?PRIVATE KEY-----/.exec(pem)?.[0];
  if (privateKey === undefined) throw new ConfigError(`${file}: no private key in it`);
  if (!certificate.checkPrivateKey(createPrivateKey(privateKey))) {
    throw new ConfigError(`${file}: the private key is not that of the certificate`);
  }
  return { chain: `${chain.join('\n')}\n`, privateKey, certificate, authorities };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`certificate file cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
