import { stat } from 'node:fs/promises';

import { hasCode } from '../platform/durable-file.js';
import type { Logger } from '../platform/logger.js';
import type { Trust } from '../tls/trust.js';

interface WatchOptions {
  readonly log: Logger;
  readonly onChanged: () => void;
}

export interface CertificateWatch {
  reload(): Promise<void>;
  stop(): void;
}

/** Names of files are followed as they are replaced, which notifications of the kernel do not do for symbolic links. */
const LOOK_EVERY_MS = 2_000;

/** Puts in force what an administrator or another program puts into the certificate directory. */
export function watchCertificates(trust: Trust, { log, onChanged }: WatchOptions): CertificateWatch {
  let seen = '';
  const reload = async () => {
    try {
      await trust.readIdentity();
      onChanged();
      log.info({ validTo: trust.identity.certificate.validTo }, 'certificates read anew');
    } catch (error) {
      log.error({ err: error }, 'certificates cannot be used, the old ones stay in force');
    }
  };
  const look = async () => {
    const now = await stampOf(trust);
    const isChanged = seen !== '' && now !== seen;
    seen = now;
    if (isChanged) await reload();
  };
  const lookSafely = () =>
    look().catch((error: unknown) => log.warn({ err: error }, 'certificates cannot be watched'));
  void lookSafely();
  const timer = setInterval(() => void lookSafely(), LOOK_EVERY_MS).unref();
  return { reload, stop: () => clearInterval(timer) };
}

async function stampOf({ files }: Trust): Promise<string> {
  const stamps = [files.identity, files.authorities, files.revoked].map(async (file) => {
    try {
      const { mtimeMs, ino, size } = await stat(file);
      return `${mtimeMs} ${ino} ${size}`;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return 'none';
      throw error;
    }
  });
  return (await Promise.all(stamps)).join('|');
}
