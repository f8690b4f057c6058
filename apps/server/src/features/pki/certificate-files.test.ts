import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAuthority, createServerCertificate } from './certificates.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { CertificateFiles } from './certificate-files.js';

const start = new Date('2031-05-06T07:08:09.000Z');
const dayMs = 86_400_000;

let files: { certFile: string; keyFile: string };
let clock: MovedClock;
beforeEach(() => {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-tls-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  files = { certFile: path.join(directory, 'cert.pem'), keyFile: path.join(directory, 'key.pem') };
  clock = new MovedClock(start);
});

async function pair() {
  const authority = await createAuthority('one', start);
  const names = [{ type: 'dns', value: 'patchgate.example.org' }] as const;
  const { certificate, privateKey } = await createServerCertificate(authority, { names, now: start });
  return { cert: certificate, key: privateKey, chain: `${certificate}${authority.certificate}` };
}

function write(cert: string, key: string): void {
  writeFileSync(files.certFile, cert);
  writeFileSync(files.keyFile, key);
}

describe('the certificate files', () => {
  it('are shown with the chain they hold', async () => {
    const { chain, key } = await pair();
    write(chain, key);
    expect((await CertificateFiles.open(files, clock)).current).toEqual({ cert: chain, key });
  });

  it('are taken anew when somebody has renewed them, and kept while they are wrong', async () => {
    const [first, second] = [await pair(), await pair()];
    write(first.cert, first.key);
    const served = await CertificateFiles.open(files, clock);
    expect(await served.renew()).toBeUndefined();
    write(second.cert, first.key);
    await expect(served.renew()).rejects.toThrow('the private key of the certificate in');
    expect(served.current.cert).toBe(first.cert);
    write(second.cert, second.key);
    expect(await served.renew()).toEqual({ cert: second.cert, key: second.key });
    expect(await served.renew()).toBeUndefined();
  });

  it('are refused when they are no pair', async () => {
    const [first, second] = [await pair(), await pair()];
    write(first.cert, second.key);
    await expect(CertificateFiles.open(files, clock)).rejects.toThrow(
      `PATCHGATE_TLS_KEY: given ${files.keyFile}, expected the private key of the certificate in ${files.certFile}`,
    );
  });

  it('are refused after the certificate has ended', async () => {
    const { cert, key } = await pair();
    write(cert, key);
    clock.passedMs = 91 * dayMs;
    await expect(CertificateFiles.open(files, clock)).rejects.toThrow(
      /^PATCHGATE_TLS_CERT: given .*cert\.pem, which ended on Aug {2}4 .* 2031 GMT, expected a valid certificate$/,
    );
  });

  it('are refused when they hold something else, each by its name', async () => {
    const { cert, key } = await pair();
    write('nothing', key);
    await expect(CertificateFiles.open(files, clock)).rejects.toThrow(
      /^PATCHGATE_TLS_CERT: given .*cert\.pem, /,
    );
    write(cert, 'nothing');
    await expect(CertificateFiles.open(files, clock)).rejects.toThrow(
      /^PATCHGATE_TLS_KEY: given .*key\.pem, /,
    );
    rmSync(files.keyFile);
    await expect(CertificateFiles.open(files, clock)).rejects.toThrow(
      /^PATCHGATE_TLS_KEY: given .*key\.pem \(ENOENT\), expected a PEM file that can be read$/,
    );
  });
});
