import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findAuthority } from './authority.repository.js';
import { tokenFingerprintOf } from './fingerprint.js';

/** What others know our authority by. Needs no keys, so that a command at the console can say it too. */
@Injectable()
export class TrustAnchor {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * SHA-256 of the authority's certificate, base64url.
   *
   * @throws Error before the first start has made the authority
   */
  async fingerprint(): Promise<string> {
    const authority = await findAuthority(this.dataSource.manager);
    if (!authority) throw new Error('there is no authority yet: start Patchgate once');
    return tokenFingerprintOf(authority.certificate);
  }
}
