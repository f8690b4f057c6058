import { fqdn } from '@patchgate/contracts';
import type { EnrollRequest } from '@patchgate/contracts/agent';
import { line } from '@patchgate/contracts';
import ipaddr from 'ipaddr.js';
import { invalidField } from '../../platform/app-error.js';

/** What an agent says of its machine, as it may be stored and shown. */
export interface Applicant {
  agent: 'patchgate' | 'public';
  machine_id: string;
  fqdn: string;
  address: string;
  agent_port: number;
  agent_version: string | null;
  os_details: OsDetails;
  csr: string | null;
}

const osKeys = ['name', 'distro', 'version', 'codename', 'id_like', 'kernel', 'architecture'] as const;
type OsDetails = Partial<Record<(typeof osKeys)[number], string>>;

const detail = line(200);
const defaultPort = 12_443;
const unusable = ['unspecified', 'multicast', 'broadcast', 'reserved'];

/** @throws AppError for a name or an address that no host can have */
export function readApplicant(given: EnrollRequest): Applicant {
  const name = fqdn.safeParse(given.fqdn);
  if (!name.success) throw invalidField('fqdn', name.error.issues[0]?.message ?? 'expected a host name');
  if (unusable.includes(ipaddr.IPv4.parse(given.ip_address).range())) {
    throw invalidField('ip_address', 'expected the address of one machine');
  }
  return {
    agent: given.csr === undefined ? 'public' : 'patchgate',
    machine_id: given.machine_id,
    fqdn: name.data,
    address: given.ip_address,
    agent_port: given.agent_port ?? defaultPort,
    agent_version: given.agent_version ?? null,
    os_details: detailsOf(given.os_details),
    csr: given.csr ?? null,
  };
}

/** What is known and short enough: agents differ in the rest, and nobody reads it. */
function detailsOf(given: Readonly<Record<string, unknown>>): OsDetails {
  const known = osKeys.flatMap((key) => {
    const parsed = detail.safeParse(given[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(known) as OsDetails;
}

/** As the columns of a host call it. */
export const osFactsOf = ({
  os_details: { name, distro, version, kernel },
}: Pick<Applicant, 'os_details'>) => ({
  os: name ?? distro ?? null,
  os_version: version ?? null,
  kernel: kernel ?? null,
});
