import { openSealer } from '../platform/secrets/open-sealer.js';
import type { Sealer } from '../platform/secrets/sealer.js';
import { sealedColumns } from '../sealed-columns.js';
import type { Service } from './service.js';

/**
 * The keys of this installation, for a process of the user given.
 *
 * @throws ConfigError when they are not there, not safe, or not the right ones
 */
export async function openSecrets(
  { config, clock, dataSource }: Pick<Service, 'config' | 'clock' | 'dataSource'>,
  { geteuid }: Pick<NodeJS.Process, 'geteuid'>,
): Promise<Sealer> {
  const keys = { path: config.keyDir, uid: geteuid?.() ?? -1 };
  return await openSealer({ dataSource, clock, keys, columns: sealedColumns });
}
