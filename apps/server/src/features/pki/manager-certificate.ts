import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { insertCertificate, supersedeCertificates } from './agent-certificate.repository.js';
import type { AgentCertificateRow } from './agent-certificate.repository.js';
import { AuthorityService } from './authority.service.js';
import { createManagerCertificate } from './certificates.js';
import { hexFingerprintOf } from './fingerprint.js';
import {
  findManagerKey,
  insertManagerKey,
  lockManagerKey,
  managerKeyPlace,
} from './manager-key.repository.js';
import type { ManagerKeyRow } from './manager-key.repository.js';
import { isRenewalDue } from './renewal-due.js';

/** With what the manager connects to agents. All in PEM. */
export interface ManagerIdentity {
  readonly certificate: string;
  /** PKCS #8. */
  readonly privateKey: string;
  /** The one authority that agents' certificates are checked with. */
  readonly authority: string;
  readonly notAfter: Date;
}

const system = { id: null, name: 'system', sourceAddress: null };

/** The manager's client certificate, the same for all workers: made once, and anew after two thirds of its life. */
@Injectable()
export class ManagerCertificate {
  private opened: { id: string; identity: ManagerIdentity } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly authority: AuthorityService,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * What to show from now on. Asks the database each time, so that a certificate that was renewed or revoked is
   * replaced in every process; whoever holds connections compares and makes new ones.
   */
  async current(): Promise<ManagerIdentity> {
    const authority = await this.authority.find(this.dataSource.manager);
    const row = (await this.findUsable(this.dataSource.manager, authority.id)) ?? (await this.renew());
    if (this.opened?.id !== row.id) {
      this.opened = { id: row.id, identity: await this.open(row, authority.certificate) };
    }
    return this.opened.identity;
  }

  private async findUsable(db: Db, authorityId: string): Promise<ManagerKeyRow | undefined> {
    const row = await findManagerKey(db, authorityId);
    return row && !isRenewalDue(row, this.clock.now()) ? row : undefined;
  }

  private async open(row: ManagerKeyRow, authority: string): Promise<ManagerIdentity> {
    await this.sealer.learnKeys([row.privateKey.keyId]);
    const privateKey = this.sealer.open(row.privateKey, managerKeyPlace(row.id)).toString('utf8');
    return { certificate: row.certificate, privateKey, authority, notAfter: row.notAfter };
  }

  private renew(): Promise<ManagerKeyRow> {
    return this.unitOfWork.run(system, async (tx) => {
      await lockManagerKey(tx.db);
      const { id: authorityId } = await this.authority.find(tx.db);
      const made = await this.findUsable(tx.db, authorityId);
      if (made) {
        tx.nothingChanged();
        return made;
      }
      return await this.make(tx);
    });
  }

  private async make({ db, now, audit }: Tx): Promise<ManagerKeyRow> {
    const id = newId();
    const { issued, authorityId } = await this.authority.sign(db, async (keys) => ({
      issued: await createManagerCertificate(keys, now),
      authorityId: keys.id,
    }));
    const { certificate, serial, notBefore, notAfter } = issued;
    const row: AgentCertificateRow = {
      ...{ id, kind: 'manager', host_id: null, authority_id: authorityId, serial, certificate },
      ...{ fingerprint: hexFingerprintOf(certificate), not_before: notBefore, not_after: notAfter },
    };
    await insertCertificate(db, row, now);
    await supersedeCertificates(db, row);
    await this.sealer.beginSealing(db);
    const privateKey = this.sealer.seal(Buffer.from(issued.privateKey), managerKeyPlace(id));
    await insertManagerKey(db, id, privateKey);
    audit({
      action: 'manager_certificate.issue',
      objectType: 'agent_certificate',
      objectId: id,
      details: { serial, not_after: notAfter.toISOString() },
    });
    return { id, certificate, notBefore, notAfter, privateKey };
  }
}
