import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { findAuthority, insertAuthority, lockAuthority, privateKeyPlace } from './authority.repository.js';
import type { Authority } from './authority.repository.js';
import { createAuthority, createServerCertificate } from './certificates.js';
import type { IssuedCertificate, SubjectName } from './certificates.js';
import { fingerprintOf } from './fingerprint.js';

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
    return (await this.find()).certificate;
  }

  /** Issues a certificate for TLS servers; its key is new and stored nowhere. */
  async issueServerCertificate(names: readonly SubjectName[]): Promise<IssuedCertificate> {
    const { id, certificate, privateKey } = await this.find();
    await this.sealer.learnKeys([privateKey.keyId]);
    const opened = this.sealer.open(privateKey, privateKeyPlace(id));
    try {
      return await createServerCertificate(
        { certificate, privateKey: opened },
        { names, now: this.clock.now() },
      );
    } finally {
      opened.fill(0);
    }
  }

  private async find(): Promise<Authority> {
    const authority = await findAuthority(this.dataSource.manager);
    if (!authority) throw new Error('the authority has not been made yet');
    return authority;
  }
}
