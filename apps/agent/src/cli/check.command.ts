import { readConfig } from '../config/read-config.js';
import { createLogger } from '../platform/logger.js';
import { certificateFiles } from '../tls/certificate-files.js';
import { Trust } from '../tls/trust.js';

/** Says whether the agent could start with these settings. */
export async function check(process: NodeJS.Process, file: string): Promise<number> {
  const config = await readConfig(file);
  const trust = await Trust.open(
    certificateFiles(config.certificate_directory),
    createLogger(config.log_level),
  );
  const { validTo, fingerprint256 } = trust.identity.certificate;
  process.stdout.write(
    [
      `settings      ${file} are good`,
      `host          ${config.host_id}`,
      `certificate   valid until ${new Date(validTo).toISOString()}, SHA-256 ${fingerprint256}`,
      `may connect   ${config.allow.length === 0 ? 'nobody: `allow` is empty' : config.allow.join(', ')}`,
      '',
    ].join('\n'),
  );
  return 0;
}
