import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { findAuthority, insertAuthority, lockAuthority, privateKeyPlace } from './authority.repository.js';
import type { Authority } from './authority.repository.js';
import { createAuthority, createServerCertificate } from './certificates.js';
import type { IssuedCertificate } from './certificates.js';
import { fingerprintOf } from './fingerprint.js';
import type { AuthorityKeys, SubjectName } from './sign-certificate.js';

const actor = { id: null, name: 'system', sourceAddress: null };

/** Patchgate's own certificate authority. Its key is in the database, sealed, and in memory only while it signs. */
@Injectable()
export class AuthorityService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** Makes the authority at the first start, once however many processes start together. */
  async ensure(): Promise<void> {
    await this.unitOfWork.run(actor, async (tx) => {
      await lockAuthority(tx.db);
      if (await findAuthority(tx.db)) {
        tx.nothingChanged();
        return;
      }
      const id = newId();
      const { certificate, privateKey } = await createAuthority(id, tx.now);
      await this.sealer.beginSealing(tx.db);
      const sealed = this.sealer.seal(privateKey, privateKeyPlace(id));
      privateKey.fill(0);
      await insertAuthority(tx.db, { id, certificate, privateKey: sealed }, tx.now);
      tx.audit({
        action: 'pki_authority.create',
        objectType: 'pki_authority',
        objectId: id,
        details: { sha256: fingerprintOf(certificate) },
      });
    });
  }

  /** The certificate others check ours with, in PEM. */
  async certificate(): Promise<string> {
    return (await this.find(this.dataSource.manager)).certificate;
  }

  /** Issues a certificate for TLS servers; its key is new and stored nowhere. */
  issueServerCertificate(names: readonly SubjectName[]): Promise<IssuedCertificate> {
    return this.sign(this.dataSource.manager, (keys) =>
      createServerCertificate(keys, { names, now: this.clock.now() }),
    );
  }

  /** Lends the key to a function for as long as it runs. */
  async sign<T>(db: Db, use: (keys: AuthorityKeys & { id: string }) => Promise<T>): Promise<T> {
    const { id, certificate, privateKey } = await this.find(db);
    await this.sealer.learnKeys([privateKey.keyId]);
    const opened = this.sealer.open(privateKey, privateKeyPlace(id));
    try {
      return await use({ id, certificate, privateKey: opened });
    } finally {
      opened.fill(0);
    }
  }

  /** The one that issues now. */
  async find(db: Db): Promise<Authority> {
    const authority = await findAuthority(db);
    if (!authority) throw new Error('the authority has not been made yet');
    return authority;
  }
}
