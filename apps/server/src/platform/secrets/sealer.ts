import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Db } from '../database/query.js';
import type { KeyRing } from './secret-key.js';
import { holdActiveKey } from './secret-key.repository.js';

/** Where a secret is stored and what it is for; it opens nowhere else (SEC-K2). */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
  /** Scheme, host and port it is sent to; null for a secret that is sent nowhere. */
  readonly targetOrigin: string | null;
}

/** As it is stored: three columns. The tag is the last 16 bytes of the ciphertext. */
export interface Sealed {
  readonly ciphertext: Buffer;
  readonly nonce: Buffer;
  readonly keyId: string;
}

export class UnsealError extends Error {
  override readonly name = 'UnsealError';

  constructor(
    readonly kind: 'unknown_key' | 'not_authentic',
    place: Place,
    options?: ErrorOptions,
  ) {
    super(`${place.table}.${place.column} of ${place.row} cannot be opened: ${kind}`, options);
  }
}

/** Raised with any change of what is authenticated or how it is laid out. */
const format = 'patchgate sealed 1';
const algorithm = 'aes-256-gcm';
const tagBytes = 16;
/** NIST SP 800-38D: 96 random bits are good for 2^32 secrets under one key. */
const nonceBytes = 12;

/** Seals small secrets for a place in the database, and opens them there only. */
export class Sealer {
  /** @param readRing the keys as they are now on the disk, when one is needed that was not there at the start */
  constructor(
    private readonly installId: string,
    private activeKeyId: string,
    private ring: KeyRing,
    private readonly readRing: () => Promise<KeyRing> = () => Promise.resolve(ring),
  ) {}

  /**
   * To be called in each transaction that seals, before it does: a rotation may have made another key the active one,
   * and does not do so again before the transaction ends (SEC-K6).
   *
   * @throws Error when the active key is not on this machine
   */
  async beginSealing(db: Db): Promise<void> {
    const id = await holdActiveKey(db);
    await this.learnKeys([id]);
    if (!this.ring.has(id)) {
      throw new Error(
        `the active key ${id} is not in PATCHGATE_KEY_DIR: copy it from the machine that made it`,
      );
    }
    this.activeKeyId = id;
  }

  /** To be called before opening what was just read: it may be sealed with a key that is new since the start. */
  async learnKeys(ids: Iterable<string>): Promise<void> {
    if ([...ids].some((id) => !this.ring.has(id))) this.ring = await this.readRing();
  }

  seal(plaintext: Uint8Array, place: Place): Sealed {
    const nonce = randomBytes(nonceBytes);
    const key = this.ring.get(this.activeKeyId);
    if (key === undefined) throw new Error('the active key is not in the ring');
    const cipher = createCipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
    cipher.setAAD(this.bindingOf(place));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return { ciphertext, nonce, keyId: key.id };
  }

  /** @throws UnsealError when the key is not there, or when any bit or the place is not the one that was sealed */
  open({ ciphertext, nonce, keyId }: Sealed, place: Place): Buffer {
    const key = this.ring.get(keyId);
    if (key === undefined) throw new UnsealError('unknown_key', place);
    try {
      // A shorter tag is refused by its length: 32 bits could be guessed.
      const decipher = createDecipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
      decipher.setAAD(this.bindingOf(place));
      decipher.setAuthTag(ciphertext.subarray(-tagBytes));
      const plaintext = decipher.update(ciphertext.subarray(0, -tagBytes));
      // Nothing leaves before final() has found it authentic.
      return Buffer.concat([plaintext, decipher.final()]);
    } catch (cause) {
      throw new UnsealError('not_authentic', place, { cause });
    }
  }

  /** JSON, because a list of texts has one spelling in it and no two lists share one. */
  private bindingOf({ table, column, row, targetOrigin }: Place): Buffer {
    return Buffer.from(JSON.stringify([format, this.installId, table, column, row, targetOrigin]));
  }
}
