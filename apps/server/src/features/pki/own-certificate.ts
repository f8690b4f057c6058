import type { Clock } from '../../platform/clock/clock.js';
import type { TlsOptions } from '../../platform/http/http-server.js';
import type { AuthorityService } from './authority.service.js';
import type { IssuedCertificate } from './certificates.js';
import { isRenewalDue } from './renewal-due.js';
import type { ServedCertificate } from './served-certificate.js';
import type { SubjectName } from './sign-certificate.js';

type Issuer = Pick<AuthorityService, 'issueServerCertificate'>;

/**
 * A certificate of Patchgate's own authority. Each process has its own, with a key that never leaves its memory, and
 * replaces it after two thirds of its life or when the machine is called something else.
 */
export class OwnCertificate implements ServedCertificate {
  private constructor(
    private readonly issuer: Issuer,
    private readonly readNames: () => SubjectName[],
    private readonly clock: Clock,
    private issued: { names: SubjectName[]; certificate: IssuedCertificate },
  ) {}

  /** @param readNames what the certificate is for, asked again at each renewal: addresses change */
  static async issue(issuer: Issuer, readNames: () => SubjectName[], clock: Clock): Promise<OwnCertificate> {
    const names = readNames();
    const certificate = await issuer.issueServerCertificate(names);
    return new OwnCertificate(issuer, readNames, clock, { names, certificate });
  }

  get current(): TlsOptions {
    const { certificate, privateKey } = this.issued.certificate;
    return { cert: certificate, key: privateKey };
  }

  async renew(): Promise<TlsOptions | undefined> {
    const names = this.readNames();
    if (!this.isDue() && isSame(names, this.issued.names)) return undefined;
    this.issued = { names, certificate: await this.issuer.issueServerCertificate(names) };
    return this.current;
  }

  private isDue(): boolean {
    return isRenewalDue(this.issued.certificate, this.clock.now());
  }
}

const isSame = (some: readonly SubjectName[], others: readonly SubjectName[]): boolean =>
  some.length === others.length && some.every(({ value }, index) => value === others[index]?.value);
