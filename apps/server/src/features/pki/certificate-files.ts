import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../config/config-error.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { TlsOptions } from '../../platform/http/http-server.js';
import type { ServedCertificate } from './served-certificate.js';

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
}

const certVariable = 'PATCHGATE_TLS_CERT';
const keyVariable = 'PATCHGATE_TLS_KEY';

/** A certificate somebody else renews: the files are read again now and then. */
export class CertificateFiles implements ServedCertificate {
  private constructor(
    private readonly files: Files,
    private readonly clock: Clock,
    public current: TlsOptions,
  ) {}

  /** @throws ConfigError when the files are not there, or are no pair that a browser could accept today */
  static async open(files: Files, clock: Clock): Promise<CertificateFiles> {
    return new CertificateFiles(files, clock, await readPair(files, clock.now()));
  }

  async renew(): Promise<TlsOptions | undefined> {
    const read = await readPair(this.files, this.clock.now());
    if (read.cert === this.current.cert && read.key === this.current.key) return undefined;
    this.current = read;
    return read;
  }
}

async function readPair({ certFile, keyFile }: Files, now: Date): Promise<TlsOptions> {
  const cert = await readPem(certVariable, certFile);
  const key = await readPem(keyVariable, keyFile);
  const certificate = parseCertificate(certFile, cert);
  if (!certificate.checkPrivateKey(parseKey(keyFile, key))) {
    throw new ConfigError(keyVariable, keyFile, `the private key of the certificate in ${certFile}`);
  }
  if (certificate.validToDate < now) {
    throw new ConfigError(
      certVariable,
      `${certFile}, which ended on ${certificate.validTo}`,
      'a valid certificate',
    );
  }
  return { cert, key };
}

async function readPem(variable: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(variable, `${file} (${String(code)})`, 'a PEM file that can be read', { cause });
  }
}

/** The first certificate of the file is the server's own, those after it lead to its authority (RFC 8446, 4.4.2). */
function parseCertificate(file: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    const expected = "a PEM file that begins with the server's certificate";
    throw new ConfigError(certVariable, file, expected, { cause });
  }
}

function parseKey(file: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new ConfigError(keyVariable, file, 'a PEM file with a private key without a passphrase', { cause });
  }
}
