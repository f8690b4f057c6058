import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { CertificateMaker } from '../targets/certificates.js';
import type { Pair } from '../agents/identity.js';
import type { FrontPlan } from './demo-fleet.schema.js';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Certificates for the fronts with TLS, by address, from an authority that whoever probes can trust: it is beside them in
 * `targets-ca.pem`. Made once, so that a simulator that is started again shows the same.
 */
export async function frontCertificates(
  directory: string,
  fronts: readonly FrontPlan[],
  now: Date,
): Promise<ReadonlyMap<string, Pair>> {
  const file = path.join(directory, 'targets-tls.json');
  if (existsSync(file)) return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Pair][]);
  const maker = await CertificateMaker.create('Example internal CA', now);
  const pairs: [string, Pair][] = [];
  for (const { kind, address, valid_to } of fronts) {
    if (kind !== 'tls') continue;
    const to = valid_to === undefined ? new Date(now.getTime() + 200 * dayMs) : new Date(valid_to);
    const from = new Date(now.getTime() - 90 * dayMs);
    pairs.push([address, await maker.issue({ names: [address], from, to, commonName: address })]);
  }
  writeFileSync(path.join(directory, 'targets-ca.pem'), maker.pem, { mode: 0o600 });
  writeFileSync(file, JSON.stringify(pairs), { mode: 0o600 });
  return new Map(pairs);
}
