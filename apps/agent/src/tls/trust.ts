import type { Logger } from '../platform/logger.js';
import { readIfThere } from '../platform/read-if-there.js';
import type { CertificateFiles } from './certificate-files.js';
import type { Identity } from './identity.js';
import { readIdentity } from './identity.js';
import type { RevocationList } from './revocation-list.js';
import { parseRevocationList } from './revocation-list.js';

export type RevocationState = 'valid' | 'expired' | 'missing' | 'invalid';

/** The identity and the list of revoked certificates as they are in force; one object for the whole process. */
export class Trust {
  #list: RevocationList | null = null;
  #isListInvalid = false;

  private constructor(
    readonly files: CertificateFiles,
    private current: Identity,
    private readonly log: Logger,
  ) {}

  /** @throws ConfigError */
  static async open(files: CertificateFiles, log: Logger): Promise<Trust> {
    const trust = new Trust(files, await readIdentity(files), log);
    await trust.readList();
    return trust;
  }

  get identity(): Identity {
    return this.current;
  }

  get list(): RevocationList | null {
    return this.#list;
  }

  readonly isRevoked = (serial: string): boolean => this.#list?.serials.has(serial) ?? false;

  /** Nobody is let in while a list is there that cannot be trusted: somebody who can write it could unrevoke. */
  get isListTrusted(): boolean {
    return !this.#isListInvalid;
  }

  revocationState(now: Date): RevocationState {
    if (this.#isListInvalid) return 'invalid';
    if (this.#list === null) return 'missing';
    return this.#list.nextAt !== null && this.#list.nextAt < now ? 'expired' : 'valid';
  }

  /** @throws ConfigError; the old identity stays in force */
  async readIdentity(): Promise<void> {
    this.current = await readIdentity(this.files);
    await this.readList();
  }

  async readList(): Promise<void> {
    const pem = await readIfThere(this.files.revoked);
    try {
      this.#list = pem === null ? null : await parseRevocationList(pem, this.current.authorities);
      this.#isListInvalid = false;
    } catch (error) {
      this.#isListInvalid = true;
      this.log.error({ err: error, file: this.files.revoked }, 'list of revoked certificates is not valid');
    }
  }
}
