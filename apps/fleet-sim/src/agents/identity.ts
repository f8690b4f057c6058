import type { webcrypto } from 'node:crypto';

import { CertificateMaker, newKeys } from '../targets/certificates.js';
import type { BadCertificate, SimulatedAgent } from './script.js';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

const day = 24 * 60 * 60 * 1000;
const otherHost = '0195d0a1-0000-7000-8000-000000000bad';
const uri = (hostId: string): string => `patchgate:host:${hostId}`;

/** The certificates of a fleet whose manager is a test, and of what only looks like it. */
export class FleetIdentity {
  private constructor(
    private readonly authority: CertificateMaker,
    private readonly stranger: CertificateMaker,
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly now: Date,
  ) {}

  static async create(now: Date): Promise<FleetIdentity> {
    const [authority, stranger] = await Promise.all([
      CertificateMaker.create('Fleet authority', now),
      CertificateMaker.create('Fleet authority', now),
    ]);
    return new FleetIdentity(authority, stranger, await newKeys(), now);
  }

  get authorityPem(): string {
    return this.authority.pem;
  }

  manager(): Promise<Pair> {
    return this.#issue({ names: ['patchgate:manager'], use: 'client' });
  }

  of({ host_id, address, hostname, bad_certificate }: SimulatedAgent): Promise<Pair> {
    const names = [hostname, address, uri(host_id)];
    return bad_certificate === undefined
      ? this.#issue({ names })
      : this.#bad(bad_certificate, host_id, names);
  }

  #issue(
    wanted: {
      names: string[];
      fromDays?: number;
      toDays?: number;
      use?: 'server' | 'client' | 'code';
      commonName?: string;
    },
    maker = this.authority,
  ): Promise<Pair> {
    const { fromDays = -1, toDays = 30, ...rest } = wanted;
    const at = (days: number) => new Date(this.now.getTime() + days * day);
    return maker.issue({ ...rest, from: at(fromDays), to: at(toDays), keys: this.keys });
  }

  async #bad(kind: BadCertificate, hostId: string, names: string[]): Promise<Pair> {
    const [hostname = '', address = ''] = names;
    switch (kind) {
      case 'expired':
        return this.#issue({ names, fromDays: -30, toDays: -1 });
      case 'not_yet_valid':
        return this.#issue({ names, fromDays: 1 });
      case 'other_host':
        return this.#issue({ names: [hostname, address, uri(otherHost)] });
      case 'no_names':
        return this.#issue({ names: [] });
      case 'common_name_only':
        return this.#issue({ names: [], commonName: uri(hostId).replaceAll(':', '\\:') });
      case 'address_only':
        return this.#issue({ names: [address] });
      case 'name_only':
        return this.#issue({ names: [hostname] });
      case 'unknown_authority':
        return this.#issue({ names }, this.stranger);
      case 'self_signed':
        return (await CertificateMaker.create('self', this.now, names)).own();
      case 'for_clients':
        return this.#issue({ names, use: 'client' });
      case 'manager_role':
        return this.#issue({ names: ['patchgate:manager'] });
      case 'hidden_in_name':
        return this.#issue({ names: [`a, URI:${uri(hostId)}, DNS:b`] });
      case 'signed_by_leaf':
        return this.#belowLeaf(names);
      case 'for_code':
        return this.#issue({ names, use: 'code' });
      case 'tls_1_2':
        return this.#issue({ names });
      case 'id_in_upper_case':
        return this.#issue({ names: [hostname, address, uri(hostId.toUpperCase())] });
    }
  }

  async #belowLeaf(names: string[]): Promise<Pair> {
    const leaf = await this.#issue({ names: ['leaf.example.org'] });
    const { cert, key } = await this.#issue({ names }, this.authority.pretend(leaf.cert, this.keys));
    return { cert: `${cert}\n${leaf.cert}`, key };
  }
}
