import { Injectable } from '@nestjs/common';
import type { EnrollRequest, EnrollStatus } from '@patchgate/contracts/agent';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { networkOf } from '../../platform/limits/network-of.js';
import { RateLimiter } from '../../platform/limits/rate-limiter.js';
import { hashToken, newSecretToken } from '../accounts/secret-token.js';
import { AuthorityService } from '../pki/authority.service.js';
import { readCertificateRequest } from '../pki/read-certificate-request.js';
import { RevocationListService } from '../pki/revocation-list.service.js';
import { readApplicant } from './applicant.js';
import type { Applicant } from './applicant.js';
import { enrollmentLimits, mostWaiting } from './enrollment-limits.js';
import {
  countUnvouched,
  findByPollingToken,
  findHostsLike,
  insertEnrollment,
  replaceEarlier,
} from './enrollment.repository.js';
import type { EnrollmentState, NewEnrollment } from './enrollment.repository.js';
import { EnrollmentTokenService } from './enrollment-token.service.js';
import { takeServerKey } from './server-key.js';

/** As long as the public agent asks. */
export const waitsMs = 24 * 3_600_000;

/** The agent's side of enrolment: nobody is signed in here, and nothing that is said is believed. */
@Injectable()
export class EnrollmentService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly limiter: RateLimiter,
    private readonly tokens: EnrollmentTokenService,
    private readonly authority: AuthorityService,
    private readonly lists: RevocationListService,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a request before the administrators.
   *
   * @returns the token to ask with what became of it
   */
  async request(sourceAddress: string | null, given: EnrollRequest): Promise<string> {
    await this.limiter.take(enrollmentLimits(sourceAddress, given.token !== undefined));
    const applicant = readApplicant(given);
    if (applicant.csr !== null) await readCertificateRequest(applicant.csr);
    const pollingToken = newSecretToken();
    await this.unitOfWork.run(agentAt(sourceAddress), async (tx) => {
      const voucher = given.token === undefined ? null : await this.tokens.claim(tx, given.token);
      const network = networkOf(sourceAddress);
      if (!voucher) await assertRoom(tx, network);
      await this.insert(tx, hashToken(pollingToken), {
        ...applicant,
        id: newId(),
        source_address: sourceAddress ?? 'unknown',
        source_network: network,
        token_id: voucher?.id ?? null,
        vouched_by: voucher?.vouched_by ?? null,
        group_id: voucher?.group_id ?? null,
        created_at: tx.now,
        expires_at: new Date(tx.now.getTime() + waitsMs),
      });
    });
    return pollingToken;
  }

  /**
   * What became of a request.
   *
   * @param isQuestionOnly for a question about headers, which must not take the key away
   */
  async status(
    sourceAddress: string | null,
    pollingToken: string,
    isQuestionOnly: boolean,
  ): Promise<EnrollStatus> {
    const now = this.clock.now();
    const request = await findByPollingToken(this.dataSource.manager, hashToken(pollingToken), now);
    switch (request?.state) {
      case undefined:
      case 'replaced':
        return { status: 'notfound' };
      case 'pending':
      case 'denied':
        return { status: request.state };
      case 'approved':
        return isQuestionOnly ? { status: 'pending' } : await this.approvedAnswer(sourceAddress, request);
    }
  }

  private async insert({ db, audit }: Tx, pollingTokenHash: Buffer, row: NewEnrollment): Promise<void> {
    const alike = await findHostsLike(db, row);
    assertFree(row, new Set(alike.map(({ field }) => field)));
    await replaceEarlier(db, row);
    await insertEnrollment(db, row, pollingTokenHash);
    const { id, fqdn, address, agent_port, agent, vouched_by, machine_id } = row;
    const about = { objectType: 'enrollment', objectId: id };
    audit({
      action: 'enrollment.request',
      ...about,
      details: { fqdn, address, agent_port, agent, vouched_by },
    });
    const hosts = alike.map((host) => host.fqdn);
    if (hosts.length > 0) {
      audit({ action: 'enrollment.duplicate_machine', ...about, details: { fqdn, machine_id, hosts } });
    }
    await publish(db, 'enrolment', []);
  }

  private async approvedAnswer(
    sourceAddress: string | null,
    { id, agent, fqdn, certificate }: EnrollmentState,
  ): Promise<EnrollStatus> {
    // Revoked, with its host or by itself, before the agent came for it.
    if (certificate === null) return { status: 'notfound' };
    const serverKey = agent === 'patchgate' ? '' : await this.handOut(sourceAddress, id, fqdn);
    if (serverKey === null) return { status: 'notfound' };
    const authority = await this.authority.certificate();
    return {
      status: 'approved',
      host_id: id,
      ca_crt: authority,
      server_crt: certificate,
      server_key: serverKey,
      ca_chain: authority,
      crl_pem: await this.lists.current(),
      repo_config: null,
    };
  }

  private handOut(sourceAddress: string | null, id: string, fqdn: string): Promise<string | null> {
    return this.unitOfWork.run(agentAt(sourceAddress), async ({ db, now, audit, nothingChanged }) => {
      const key = await takeServerKey(db, this.sealer, id, now);
      if (key === null) nothingChanged();
      else
        audit({
          action: 'enrollment.collect_key',
          objectType: 'enrollment',
          objectId: id,
          details: { fqdn },
        });
      return key;
    });
  }
}

const agentAt = (sourceAddress: string | null) => ({ id: null, name: 'agent', sourceAddress });

async function assertRoom({ db, now }: Tx, network: string): Promise<void> {
  const waiting = await countUnvouched(db, network, now);
  if (waiting.all < mostWaiting.all && waiting.network < mostWaiting.network) return;
  throw new AppError(
    'too_many_requests',
    'Too many requests wait for a decision; enrol with a token, or try again later.',
    { retryAfterSeconds: 600 },
  );
}

/** The words name only what was sent. */
function assertFree(
  { fqdn, address, agent_port }: Applicant,
  taken: ReadonlySet<'fqdn' | 'address' | 'machine_id'>,
): void {
  const issues = [
    ...(taken.has('fqdn') ? [{ path: 'fqdn', message: `there is a host ${fqdn} already` }] : []),
    ...(taken.has('address')
      ? [{ path: 'ip_address', message: `there is a host at ${address} port ${agent_port} already` }]
      : []),
  ];
  if (issues.length === 0) return;
  throw new AppError('host_exists', issues.map(({ message }) => message).join('; '), { issues });
}
