import { Injectable } from '@nestjs/common';
import type { CertificateInstall } from '@patchgate/contracts/agent';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/app-error.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller } from '../../platform/http/caller.js';
import { isId, isInstant, readCursor, toPage } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/new-id.js';
import { ExpectedAgents } from '../agents/expected-agents.js';
import {
  countCurrentCertificates,
  insertCertificate,
  listCurrentCertificates,
  lockSubject,
  revokeCertificate,
  revokeCertificatesOf,
  supersedeCertificates,
} from './agent-certificate.repository.js';
import type { AgentCertificateRow } from './agent-certificate.repository.js';
import { AuthorityService } from './authority.service.js';
import { createAgentCertificate, signAgentCertificate } from './certificates.js';
import type { AgentSubject } from './certificates.js';
import { hexFingerprintOf } from './fingerprint.js';
import { readCertificateRequest } from './read-certificate-request.js';
import { RevocationListService } from './revocation-list.service.js';
import type { SignedCertificate } from './sign-certificate.js';

/** A certificate just made; `privateKey` (PEM) is null where the agent has made its own. */
export interface IssuedToAgent {
  readonly row: AgentCertificateRow;
  readonly privateKey: string | null;
  /** PEM. */
  readonly authority: string;
}

const system = { id: null, name: 'system', sourceAddress: null };

/** The certificates that agents show, from their issue to their end. */
@Injectable()
export class AgentCertificateService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly authority: AuthorityService,
    private readonly lists: RevocationListService,
    private readonly expected: ExpectedAgents,
  ) {}

  /**
   * Issues a certificate in the caller's transaction.
   *
   * @param csr the agent's request in PEM; null makes the key here
   * @throws AppError when the request is not good for one
   */
  async issue(tx: Tx, subject: AgentSubject, csr: string | null): Promise<IssuedToAgent> {
    const { db, now, audit } = tx;
    const publicKey = csr === null ? null : await readCertificateRequest(csr);
    const issued = await this.authority.sign(db, async (keys) => {
      const signed: SignedCertificate & { privateKey?: string } =
        publicKey === null
          ? await createAgentCertificate(keys, { subject, now })
          : await signAgentCertificate(keys, { subject, publicKey, now });
      const row = rowOf(signed, keys.id, subject.hostId);
      return { row, privateKey: signed.privateKey ?? null, authority: keys.certificate };
    });
    const { serial, not_after } = issued.row;
    await insertCertificate(db, issued.row, now);
    await supersedeCertificates(db, issued.row);
    await this.expected.expect(db, subject.hostId);
    audit({
      action: 'agent_certificate.issue',
      objectType: 'host',
      objectId: subject.hostId,
      details: {
        fqdn: subject.fqdn,
        serial,
        not_after: not_after.toISOString(),
        own_key: publicKey !== null,
      },
    });
    await publish(db, 'enrolment', []);
    return issued;
  }

  /**
   * Replaces the certificate of an enrolled host, for a key its agent has just made.
   *
   * @returns what the agent is to be sent
   * @throws AppError `not_found` for a host that is gone, `invalid_request` for a request that is no good
   */
  renewFromRequest(hostId: string, csr: string): Promise<CertificateInstall> {
    return this.unitOfWork.run(system, async (tx) => {
      const subject = await this.subjectOf(tx, hostId);
      const { row, authority } = await this.issue(tx, subject, csr);
      return { server_crt: row.certificate, ca_crt: authority };
    });
  }

  /** A key and a certificate for an agent that cannot ask for them; what it had before is replaced. */
  issueBundle(caller: Caller, hostId: string): Promise<IssuedToAgent> {
    return this.unitOfWork.run(caller, async (tx) => this.issue(tx, await this.subjectOf(tx, hostId), null));
  }

  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const after = readCursor<[string, string]>(cursor, [isInstant, isId]);
    const db = this.dataSource.manager;
    const rows = await listCurrentCertificates(db, { after, limit: limit + 1 });
    return {
      ...toPage(rows, limit, ({ not_after, id }) => [not_after.toISOString(), id]),
      total: await countCurrentCertificates(db),
    };
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const revoked = await revokeCertificate(db, id, now);
      if (!revoked) throw notFound();
      await this.lists.publish(db);
      await publish(db, 'enrolment', []);
      audit({
        action: 'agent_certificate.revoke',
        objectType: revoked.host_id === null ? 'agent_certificate' : 'host',
        objectId: revoked.host_id ?? id,
        details: { serial: revoked.serial },
      });
    });
  }

  /** Of a host that is about to be deleted, in the caller's transaction. */
  async revokeAllOf({ db, now, audit }: Tx, hostId: string): Promise<void> {
    const serials = await revokeCertificatesOf(db, hostId, now);
    if (serials.length === 0) return;
    await this.lists.publish(db);
    await publish(db, 'enrolment', []);
    audit({
      action: 'agent_certificate.revoke',
      objectType: 'host',
      objectId: hostId,
      details: { serials },
    });
  }

  private async subjectOf({ db }: Tx, hostId: string): Promise<AgentSubject> {
    const subject = await lockSubject(db, hostId);
    if (!subject) throw notFound();
    return subject;
  }
}

const rowOf = (signed: SignedCertificate, authorityId: string, hostId: string): AgentCertificateRow => ({
  id: newId(),
  kind: 'agent',
  host_id: hostId,
  authority_id: authorityId,
  serial: signed.serial,
  fingerprint: hexFingerprintOf(signed.certificate),
  certificate: signed.certificate,
  not_before: signed.notBefore,
  not_after: signed.notAfter,
});
